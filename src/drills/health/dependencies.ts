import type { Service } from '../../model/service.ts';
import type { Lab, Subject, World } from '../lab.ts';

/** A service that the one under test talks to, running beside it. */
export interface RunningDependency {
  readonly subject: Subject;
  /** `depends_on`, or the variable that names its host: `DATABASE_URL`. */
  readonly because: string;
}

/** Those of its dependencies that run beside it; jobs that have ended are none. */
export async function runningDependencies(lab: Lab, world: World): Promise<readonly RunningDependency[]> {
  const found: RunningDependency[] = [];
  for (const [name, because] of dependenciesOf(lab.service)) {
    const subject = world.others.get(name);
    if (subject && (await subject.container.inspect()).state.status === 'running') found.push({ subject, because });
  }
  return found;
}

/** Services it talks to, as far as its file tells, with the reason: those of `depends_on`, and hosts in its environment. */
export function dependenciesOf({
  name: own,
  dependsOn,
  environment,
  process,
  composeModel,
}: Service): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { service, condition } of dependsOn)
    if (condition !== 'service_completed_successfully') found.set(service, 'depends_on');
  for (const name of composeModel?.services.keys() ?? []) {
    if (name === own || found.has(name) || dependsOn.some(({ service }) => service === name)) continue;
    const variable = hostVariable([...environment.values()], name) ?? hostInCommand(commandOf(process), name);
    if (variable !== undefined) found.set(name, variable);
  }
  return found;
}

/** What it is started with, in one line. */
const commandOf = ({ entrypoint, command }: Service['process']): string =>
  [entrypoint, command].flatMap((line) => (line?.value?.words ?? []).map(({ text }) => text)).join(' ');

/** `its command`, where that has this host: `--redis db:6379`, `http://db/`, `psql -h db`, `nc -z db 5432`. */
export function hostInCommand(command: string, host: string): string | undefined {
  const escaped = host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const address = new RegExp(
    `(?:^|[/@,=\\s'"])${escaped}(?::|['"]?,? )\\d{2,5}\\b|(?://|@)${escaped}(?=$|[/,?\\s'"])|(?:^|\\s)(?:-h|--host)[= ]${escaped}(?=$|\\s)`,
  );
  return address.test(command) ? 'its command' : undefined;
}

/** The variable whose value has this host: `postgres://app@db:5432/x`, `db:5432`, `db` where its name ends in HOST. */
export function hostVariable(
  environment: readonly { readonly name: string; readonly value: string | undefined }[],
  host: string,
): string | undefined {
  const escaped = host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const inAddress = new RegExp(`(?:^|[/@,\\s])${escaped}:\\d{1,5}(?=$|[/,?\\s])|(?://|@)${escaped}(?=$|[/,?])`);
  for (const { name, value } of environment) {
    if (value === undefined) continue;
    if (inAddress.test(value)) return name;
    if (value === host && /(?:^|_)(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i.test(name)) return name;
  }
  return undefined;
}
