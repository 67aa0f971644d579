import type { Dependency, Service } from '../../../model/service.ts';
import { type Answer, each, notAsked, type Part, weigh } from './answer.ts';
import { hostsNamed } from './hosts.ts';
import { ask, composed, faultsOf, isStore, type Look, part } from './look.ts';

const ids = ['compose/depends-on-one-shot', 'compose/depends-on-unchecked', 'compose/depends-on-without-health'];

/** Each service waits for what it needs, by a condition that can come true. */
export function dependencies(look: Look): Answer {
  const all = composed(look);
  if (all.length === 0) return notAsked('there is no Compose file');
  if (all.length === 1) return notAsked('there is one service alone');
  const byName = new Map(all.map((service) => [service.name, service]));
  return weigh(
    ask(all, (service) => {
      const faults = faultsOf(look, service, { ids });
      const waits = service.dependsOn.flatMap((dependency) =>
        waited(look, service, dependency, byName.get(dependency.service)),
      );
      // The rules know more of some of these lines.
      const told = new Set(faults.map(({ at }) => at));
      return [...faults, ...waits.filter(({ at }) => !told.has(at)), ...unwaited(look, service, byName)];
    }),
    'no service is known to need another',
  );
}

function waited(
  look: Look,
  service: Service,
  { service: name, condition, span }: Dependency,
  target: Service | undefined,
): Part[] {
  if (!target) return [];
  if (condition === 'service_healthy')
    return target.healthcheck.kind === 'test'
      ? [
          part(
            look,
            'pass',
            service,
            ['waits until what it needs is ready', 'wait until what they need is ready'],
            span,
          ),
        ]
      : target.healthcheck.kind === 'unknown'
        ? [part(look, 'open', service, `: nothing says whether ${name} has a health check to wait for`, span)]
        : [part(look, 'fail', service, each(`waits for the health of ${name}, which has no health check`), span)];
  if (condition === 'service_completed_successfully') {
    const again = /^(?:always|unless-stopped)/.test(target.restart?.value ?? '');
    return [
      again
        ? part(look, 'fail', service, each(`waits for ${name} to complete, which is restarted each time it ends`), span)
        : part(
            look,
            'pass',
            service,
            ['waits until what it needs is ready', 'wait until what they need is ready'],
            span,
          ),
    ];
  }
  // A worker serves nobody: there is no readiness to wait for.
  const serves =
    target.role.runs === 'one-shot' ||
    isStore(target) ||
    target.healthcheck.kind === 'test' ||
    target.listens.length > 0;
  return [
    serves
      ? part(look, 'fail', service, each(`waits until ${name} is started, not until it is ready`), span)
      : part(look, 'pass', service, ['waits until what it needs is ready', 'wait until what they need is ready'], span),
  ];
}

/** Names of data stores and apps in the environment that nothing makes it wait for. */
function unwaited(look: Look, service: Service, byName: ReadonlyMap<string, Service>): Part[] {
  const before = reachedFrom(service, byName);
  const told = new Set<string>();
  return hostsNamed(service).flatMap(({ host, variable, span }) => {
    const target = byName.get(host);
    if (!target || target === service || told.has(host) || before.has(host)) return [];
    // Who waits for this service cannot be waited for; a proxy or a collector may come later.
    if (
      target.role.kind === 'proxy' ||
      target.role.kind === 'monitoring' ||
      reachedFrom(target, byName).has(service.name)
    )
      return [];
    told.add(host);
    return [part(look, 'fail', service, each(`names ${host} in ${variable} without waiting for it`), span)];
  });
}

/** More than anybody's project has; past it, a chain of thousands would cost its square. */
const mostReached = 300;

/** Everything that is started before it, directly or not; in a chain too long to follow, every service. */
function reachedFrom(service: Service, byName: ReadonlyMap<string, Service>): { has(name: string): boolean } {
  const reached = new Set<string>();
  const open = [service];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { service: name } of next.dependsOn) {
      if (reached.has(name)) continue;
      if (reached.size >= mostReached) return { has: () => true };
      reached.add(name);
      const target = byName.get(name);
      if (target) open.push(target);
    }
  }
  return reached;
}
