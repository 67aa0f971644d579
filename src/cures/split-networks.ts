import { fixOf, leftBecause } from '../edit/change.ts';
import { mergeTopLevel, setAttribute, setTopLevel, yamlOf } from '../edit/compose.ts';
import { nodeIn } from '../edit/yaml/set-in-yaml.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

const stores: ReadonlySet<string> = new Set(['database', 'cache', 'queue', 'search']);

/**
 * Two networks instead of the default one: what faces the outside in front, what keeps data in the back, everything
 * else in both. The back is internal unless a data store publishes a port, which an internal network cannot do.
 */
export function splitNetworks(project: Project): Cure {
  const services = project.services.filter(({ compose }) => compose !== undefined);
  const [first] = services;
  if (!first) return leftBecause('there is no Compose file');
  if (services.some(({ networks, networkMode }) => !networkMode && !isOnlyDefault(networks)))
    return leftBecause('some services have networks of their own: only you know who may reach whom');
  const isWritten = project.compose?.files.some((name) => {
    const file = yamlOf(project, name);
    return file && nodeIn(file, ['networks', 'default']) !== undefined;
  });
  if (isWritten) return leftBecause('the default network is set up by name: only you know who may reach whom');
  const taken = ['front', 'back'].find((name) => project.compose?.networks.has(name));
  if (taken !== undefined) return leftBecause(`there is a network "${taken}" already`);
  const joined = services.filter(({ networkMode }) => !networkMode);
  const data = joined.filter(isStore);
  const outer = joined.filter(({ role, ports }) => role.kind === 'proxy' && ports.length > 0);
  const needy = outer.find((proxy) => data.some((store) => speaksTo(proxy, store)));
  if (needy) return leftBecause(`"${needy.name}" faces the outside and speaks to the data itself`);
  const publishes = data.some(({ ports }) => ports.length > 0);
  const networksOf = (service: Service) =>
    data.includes(service) ? ['back'] : outer.includes(service) ? ['front'] : ['front', 'back'];
  return fixOf(
    {
      title: 'Split the network in front and back',
      safety: 'review',
      provedBy: 'network-isolation',
      note: publishes
        ? 'the back is not internal, since a data store on it publishes a port'
        : 'what is in the back alone reaches no other machine',
    },
    ...joined.map((service) => setAttribute(project, service, 'networks', networksOf(service))),
    // Nobody is left on the default network, so Compose no longer makes it.
    { edits: [], sets: ['networks.default'] },
    mergeTopLevel(project, first, ['networks'], { front: null, back: publishes ? null : { internal: true } }),
  );
}

/** `internal: true` for a network of data stores, where nobody loses the only way out by it. */
export function makeInternal(project: Project, service: Service, network: string): Cure {
  const cutOff = project.services.find(
    (other) =>
      other.compose !== undefined &&
      !isStore(other) &&
      other.networks.some(({ value }) => value === network) &&
      other.networks.every(({ value }) => value === network),
  );
  if (cutOff) return leftBecause(`"${cutOff.name}" has no other network, and would lose its way out`);
  return fixOf(
    {
      title: `Make the network "${network}" internal`,
      safety: 'review',
      provedBy: 'network-isolation',
      note: 'what is on it alone reaches no other machine',
    },
    setTopLevel(project, service, ['networks', network, 'internal'], true),
  );
}

function isStore({ compose, role }: Service): boolean {
  return compose !== undefined && stores.has(role.kind);
}

function isOnlyDefault(networks: Service['networks']): boolean {
  return networks.every(({ value }) => value === 'default');
}

/** It waits for it, or names it in its environment or command. */
function speaksTo(service: Service, other: Service): boolean {
  if (service.dependsOn.some((dependency) => dependency.service === other.name)) return true;
  const name = new RegExp(`(?<![\\w-])${other.name.replaceAll(/[^\w-]/g, '\\$&')}(?![\\w-])`);
  return (
    [...service.environment.values()].some(({ value }) => value !== undefined && name.test(value)) ||
    service.process.commands.some(({ words }) => words.some(({ text }) => name.test(text)))
  );
}
