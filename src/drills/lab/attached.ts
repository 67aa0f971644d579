import type { Container } from '../../engine/container.ts';
import type { Engine } from '../../engine/engine.ts';
import { label } from '../../engine/labels.ts';
import type { Project } from '../../model/project.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { onlyLookedAt } from './only-looked-at.ts';

/**
 * The containers that `--attach` names, by the service that each of them runs: as Compose's label says, or as its name
 * does (`shop-web-1`), or because the project has only one. Throws `usage` where a container is not there, does not run,
 * or is nobody's.
 */
export async function attached(
  engine: Engine,
  project: Project,
  names: readonly string[],
): Promise<ReadonlyMap<string, Container>> {
  const services = project.services.map(({ name }) => name);
  const found = new Map<string, Container>();
  for (const name of names) {
    const container = await engine.findContainer(name);
    if (!container)
      throw new SeaworthyError('usage', `There is no container "${name}" to attach to`, {
        hint: '`docker ps` lists them.',
      });
    const { state, labels } = await container.inspect();
    if (state.status !== 'running')
      throw new SeaworthyError('usage', `The container "${name}" is ${state.status}: nothing to look at`);
    if (labels[label.run] !== undefined)
      throw new SeaworthyError('usage', `The container "${name}" is one of a drill`, { hint: 'Name one of your own.' });
    const service = serviceOf(container.name, labels, services);
    if (service === undefined)
      throw new SeaworthyError('usage', `Which service of the project "${name}" runs cannot be told`, {
        hint: `The project has ${services.join(', ')}; the label com.docker.compose.service names one.`,
      });
    found.set(service, onlyLookedAt(container));
  }
  return found;
}

function serviceOf(
  name: string,
  labels: Readonly<Record<string, string>>,
  services: readonly string[],
): string | undefined {
  const labelled = labels['com.docker.compose.service'];
  if (labelled !== undefined) return services.find((service) => service === labelled);
  const named = services.filter((service) => isNamed(name, service));
  if (named.length === 1) return named[0];
  return services.length === 1 ? services[0] : undefined;
}

/** `web`, `shop-web`, `shop_web_1`. */
function isNamed(container: string, service: string): boolean {
  const bare = container.replace(/[-_]\d+$/, '');
  return bare === service || bare.endsWith(`-${service}`) || bare.endsWith(`_${service}`);
}
