import type { DependencyPlan, ServicePlan } from '../../stack/plan.ts';
import { listOf } from './fields.ts';
import type { Note } from './isolated.ts';

/**
 * Services that need one that is refused are refused, too: those that wait until it is healthy or has ended, or live in
 * its namespaces. Others go without it; but what cannot be started at all (`missing`) is needed by all that depend on it:
 * a service without its database would be blamed for what we cannot do.
 */
export function refuseDependents(
  services: readonly ServicePlan[],
  refused: Map<string, string>,
  missing: ReadonlyMap<string, string> = new Map(),
): void {
  const gone = new Set(missing.keys());
  for (let before = -1; before !== refused.size; ) {
    before = refused.size;
    for (const service of services) {
      if (refused.has(service.name)) continue;
      for (const [name, because] of refused) {
        const need = needOf(service, name, gone.has(name));
        if (need === undefined) continue;
        if (gone.has(name)) gone.add(service.name);
        refused.set(service.name, `it ${need} "${name}", and ${because.replace(/^it /, `"${name}" `)}`);
        break;
      }
    }
  }
}

/** A service that is there, without those that are not. */
export function withoutRefused(plan: ServicePlan, refused: ReadonlyMap<string, string>, note: Note): ServicePlan {
  const gone = plan.dependsOn.filter(({ service }) => refused.has(service));
  for (const { service } of gone) note('dependency', `depends_on: ${service}`, 'nothing: that service is refused');
  return gone.length === 0 ? plan : { ...plan, dependsOn: plan.dependsOn.filter((one) => !gone.includes(one)) };
}

function needOf(plan: ServicePlan, name: string, isGone: boolean): string | undefined {
  const { HostConfig } = plan.body;
  for (const key of ['NetworkMode', 'PidMode', 'IpcMode', 'UTSMode', 'CgroupnsMode'])
    if (HostConfig[key] === `service:${name}`) return 'lives in a namespace of';
  if (listOf(HostConfig['VolumesFrom']).some((source) => source.split(':')[1] === name)) return 'mounts the volumes of';
  const dependency = plan.dependsOn.find(({ service }) => service === name);
  return dependency?.required ? (waits[dependency.condition] ?? (isGone ? 'depends on' : undefined)) : undefined;
}

const waits: Readonly<Record<DependencyPlan['condition'], string | undefined>> = {
  service_started: undefined,
  service_healthy: 'waits for the health of',
  service_completed_successfully: 'waits for the end of',
};
