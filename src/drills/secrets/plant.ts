import type { HostBody, ServicePlan, StackPlan } from '../../stack/plan.ts';
import { canaryFor } from './canary.ts';
import type { GivenSecret } from './given-secrets.ts';

/** What takes the place of each real secret. */
export type Canaries = ReadonlyMap<string, string>;

/** One for each value that can be replaced: the same everywhere, so that those who share a password still do. */
export function canariesFor(secrets: Iterable<GivenSecret>, random?: () => number): Canaries {
  const canaries = new Map<string, string>();
  for (const { value, replaceable } of secrets)
    if (replaceable && !canaries.has(value)) canaries.set(value, canaryFor(value, random));
  return canaries;
}

/** The stack with canaries for secrets. `given`: what each service is given; nothing else in a service is a secret by its name. */
export function planted(
  stack: StackPlan,
  given: ReadonlyMap<string, readonly GivenSecret[]>,
  canaries: Canaries,
): StackPlan {
  const distinct = [...given.values()].flat().filter((one) => one.distinct && canaries.has(one.value));
  const everywhere = [...new Set(distinct.map(({ value }) => value))].sort((a, b) => b.length - a.length);
  return {
    ...stack,
    services: stack.services.map((service) => plantedIn(service, given.get(service.name) ?? [], canaries, everywhere)),
  };
}

function plantedIn(
  service: ServicePlan,
  given: readonly GivenSecret[],
  canaries: Canaries,
  everywhere: readonly string[],
): ServicePlan {
  const anywhere = (text: string) =>
    everywhere.reduce((shown, value) => shown.split(value).join(canaries.get(value)), text);
  const own = new Map(given.filter(({ by }) => by === 'environment').map((one) => [one.name, one.value]));
  const Env = service.body.Env?.map((variable) => {
    const name = variable.slice(0, Math.max(0, variable.indexOf('=')));
    const secret = own.get(name);
    const canary = secret === undefined ? undefined : canaries.get(secret);
    if (secret === undefined || canary === undefined) return anywhere(variable);
    // In a connection string the user may be called as the password is: the last one is the password.
    const at = variable.lastIndexOf(secret, variable.includes('@') ? variable.lastIndexOf('@') : undefined);
    return anywhere(`${variable.slice(0, at)}${canary}${variable.slice(at + secret.length)}`);
  });
  const files = given.filter(({ by, value }) => by === 'file' && canaries.has(value));
  const targets = new Set(files.map(({ name }) => name));
  const kept = service.files.filter(({ target }) => !targets.has(target));
  const placed = files.map(({ name, value }) => {
    const before = service.files.find(({ target }) => target === name);
    const { key = name, mode = 0o444, uid = 0, gid = 0 } = before ?? {};
    return { kind: 'secret' as const, key, target: name, text: canaries.get(value) ?? '', mode, uid, gid };
  });
  const words = (list: unknown) =>
    Array.isArray(list) ? list.map((word: unknown) => (typeof word === 'string' ? anywhere(word) : word)) : list;
  const body = { ...service.body };
  const Labels = Object.fromEntries(Object.entries(body.Labels).map(([name, value]) => [name, anywhere(value)]));
  const Healthcheck = body.Healthcheck?.Test
    ? { ...body.Healthcheck, Test: body.Healthcheck.Test.map(anywhere) }
    : body.Healthcheck;
  return {
    ...service,
    files: [...kept, ...placed],
    body: {
      ...body,
      ...(Env ? { Env } : {}),
      ...(body['Cmd'] === undefined ? {} : { Cmd: words(body['Cmd']) }),
      ...(body['Entrypoint'] === undefined ? {} : { Entrypoint: words(body['Entrypoint']) }),
      Labels,
      ...(Healthcheck ? { Healthcheck } : {}),
      HostConfig: withoutMounts(body.HostConfig, targets),
    },
  };
}

/** What was mounted there is placed there now. */
function withoutMounts(host: HostBody, targets: ReadonlySet<string>): HostBody {
  if (targets.size === 0) return host;
  const targetOf = (bind: string) => bind.split(':').findLast((part) => part.startsWith('/')) ?? '';
  return {
    ...host,
    ...(host.Mounts ? { Mounts: host.Mounts.filter(({ Target }) => !targets.has(Target)) } : {}),
    ...(host.Binds ? { Binds: host.Binds.filter((bind) => !targets.has(targetOf(bind))) } : {}),
  };
}
