import { booleanOf, child } from '../../../model/compose/tree-access.ts';
import type { Service } from '../../../model/service.ts';
import { isLocalOnly } from '../../../rules/published-ports.ts';
import { type Answer, notAsked, type Part, weigh } from './answer.ts';
import { hostsNamed } from './hosts.ts';
import { ask, composed, isStore, type Look, part, servers } from './look.ts';

/** Data stores are out of reach of what is published. */
export function segmented(look: Look): Answer {
  const all = composed(look);
  const stores = all.filter(isStore);
  if (all.length === 0) return notAsked('there is no Compose file');
  if (all.length === 1) return notAsked('there is one service alone');
  return weigh(
    ask(stores, (store) => reachable(look, store, all)),
    'no service is a data store',
  );
}

function reachable(look: Look, store: Service, all: readonly Service[]): Part {
  const published = store.ports.find((port) => !isLocalOnly(port));
  if (published)
    return part(look, 'fail', store, ['is published on the host', 'are published on the host'], published.span);
  if (store.networkMode?.value === 'host')
    return part(look, 'fail', store, ["uses the host's network", "use the host's network"], store.networkMode.span);
  const own = new Set(store.networks.map(({ value }) => value));
  for (const other of all) {
    if (other === store || isStore(other) || !other.ports.some((port) => !isLocalOnly(port))) continue;
    const shared = other.networks.find(({ value }) => own.has(value));
    // A published app may share a network of its own with the store it asks; the default one is everybody's.
    if (shared && (shared.value === 'default' || !asks(other, store)))
      return part(
        look,
        'fail',
        store,
        `: on one network with ${other.name}, which is published`,
        shared.value === 'default' ? store.nameSpan : store.at('networks'),
      );
  }
  const open = store.networks.find(
    ({ value }) => booleanOf(child(look.project.compose?.networks.get(value), 'internal')) !== true,
  );
  if (open)
    return part(
      look,
      'fail',
      store,
      `: its network "${open.value}" is not internal`,
      open.span.file === '' ? store.nameSpan : open.span,
    );
  return part(
    look,
    'pass',
    store,
    ['is on an internal network and not published', 'are on internal networks and not published'],
    store.at('networks'),
  );
}

function asks(service: Service, store: Service): boolean {
  return (
    service.dependsOn.some(({ service: name }) => name === store.name) ||
    hostsNamed(service).some(({ host }) => host === store.name)
  );
}

/** Segmented, and no service shares the network of the host. */
export function isolated(look: Look): Answer {
  const onHost = ask(composed(look), (service) =>
    service.networkMode?.value === 'host'
      ? part(look, 'fail', service, ["uses the host's network", "use the host's network"], service.networkMode.span)
      : undefined,
  );
  return onHost.length > 0 ? weigh(onHost, '') : segmented(look);
}

/** Each service is told by its environment where its data stores are. */
export function backingServices(look: Look): Answer {
  const all = composed(look);
  const stores = all.filter(isStore);
  const names = new Set(stores.map(({ name }) => name));
  return weigh(
    ask(all, (service) => {
      if (isStore(service) || service.role.kind === 'proxy' || service.role.kind === 'monitoring') return undefined;
      const reach = new Set(service.networks.map(({ value }) => value));
      if (!stores.some((store) => store.networks.some(({ value }) => reach.has(value)))) return undefined;
      const links = service.attribute('links');
      if (links)
        return part(
          look,
          'fail',
          service,
          ['finds its data store by "links:"', 'find their data stores by "links:"'],
          service.at('links'),
        );
      const hosts = hostsNamed(service);
      const fixed = hosts.find(({ host }) => /^(?:localhost|\d+(?:\.\d+){3})$/.test(host));
      if (
        fixed &&
        /DB|DATABASE|SQL|REDIS|MONGO|POSTGRES|PG|CACHE|BROKER|QUEUE|AMQP|RABBIT|ELASTIC/i.test(fixed.variable)
      )
        return part(look, 'fail', service, `: ${fixed.variable} names ${fixed.host}, not a service`, fixed.span);
      const told = hosts.find(({ host }) => names.has(host));
      if (told)
        return part(
          look,
          'pass',
          service,
          [
            'is told by the environment where its data store is',
            'are told by the environment where their data stores are',
          ],
          told.span,
        );
      return part(look, 'open', service, ': nothing here tells how it finds a data store');
    }),
    all.length === 0 ? 'there is no Compose file' : 'no service shares a network with a data store',
  );
}

/** Each app serves a port of its own, to others than itself. */
export function portBinding(look: Look): Answer {
  return weigh(
    ask(servers(look.services), (service) => {
      if (isStore(service) || service.role.kind === 'worker' || service.role.kind === 'unknown') return undefined;
      const words = service.process.commands.flatMap((command) => command.words);
      const local = words.find(
        ({ text }, index) =>
          /^(?:--?(?:host|bind|listen|address|addr|b|H)=)?(?:127\.0\.0\.1|localhost)(?::\d+)?$/i.test(text) &&
          (text.includes('=') ||
            /^--?(?:host|bind|listen|address|addr|b|H)$/.test(words[index - 1]?.text ?? '') ||
            words[index - 1]?.text === 'runserver'),
      );
      if (local)
        return part(look, 'fail', service, `: it listens on ${local.text}, where nobody else reaches it`, local.span);
      const [port] = service.listens;
      if (port)
        return part(
          look,
          'pass',
          service,
          ['serves a port of its own', 'serve ports of their own'],
          port.from.kind === 'file' ? port.from.span : undefined,
        );
      return part(look, 'open', service, ': nothing here tells which port it serves');
    }),
    look.services.length > 0 ? 'no service here is one that others call' : 'there is no service',
  );
}
