import type { Lab, Subject, World } from './lab.ts';

/** A service that the one under test talks to, running beside it. */
export interface RunningDependency {
  readonly subject: Subject;
  /** `depends_on`, or the variable that names its host: `DATABASE_URL`. */
  readonly because: string;
}

/** Those that `depends_on` names, and those whose name is a host in its environment; jobs that have ended are none. */
export async function runningDependencies(lab: Lab, world: World): Promise<readonly RunningDependency[]> {
  const found: RunningDependency[] = [];
  for (const [name, subject] of world.others) {
    const because = dependencyReason(lab, name);
    if (because === undefined) continue;
    if ((await subject.container.inspect()).state.status === 'running') found.push({ subject, because });
  }
  return found;
}

/** Names of services that it seems to talk to, without starting any. */
export function dependencyNames(lab: Pick<Lab, 'plan' | 'project'>): readonly string[] {
  const names = new Set([
    ...lab.plan.dependsOn.map(({ service }) => service),
    ...lab.project.services.map(({ name }) => name),
  ]);
  return [...names].filter((name) => name !== lab.plan.name && dependencyReason(lab, name) !== undefined);
}

function dependencyReason({ plan }: Pick<Lab, 'plan'>, name: string): string | undefined {
  const named = plan.dependsOn.find(({ service }) => service === name);
  if (named?.condition === 'service_completed_successfully') return undefined;
  if (named) return 'depends_on';
  return hostVariable(plan.body.Env ?? [], name);
}

/** The variable whose value has this host: `postgres://app@db:5432/x`, `db:5432`, `db` where its name ends in HOST. */
export function hostVariable(environment: readonly string[], host: string): string | undefined {
  const escaped = host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const inAddress = new RegExp(`(?:^|[/@,\\s])${escaped}(?::\\d{1,5})(?=$|[/,?\\s])|(?://|@)${escaped}(?=$|[/,?])`);
  for (const line of environment) {
    const [name = '', value = ''] = splitOnce(line);
    if (inAddress.test(value)) return name;
    if (value === host && /(?:^|_)(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i.test(name)) return name;
  }
  return undefined;
}

function splitOnce(line: string): readonly string[] {
  const at = line.indexOf('=');
  return at < 0 ? [line] : [line.slice(0, at), line.slice(at + 1)];
}
