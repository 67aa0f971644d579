import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import { remembered } from '../../vocabulary/lazily.ts';
import { type Address, addressesOf } from '../addresses.ts';
import { isContainer } from '../deployed.ts';
import { inOverride, isForDevelopment } from '../development-files.ts';
import type { Rule } from '../rule.ts';
import { heard, isOnForeignNetwork, meets, ownNames, servicesCalled } from '../service-names.ts';

export const unreachableAddress: Rule = {
  id: 'compose/unreachable-address',
  summary: 'An address of another service that cannot be reached from inside',
  why: 'What works on the host does not work in a container, where localhost is the container itself and published ports do not count: the app starts and finds no database.',
  sources: [
    'https://docs.docker.com/compose/how-tos/networking/',
    'https://docs.docker.com/engine/network/#published-ports',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['RUN13', 'OPS11'],
  aliases: [],
  drill: 'network-isolation',
  byHand: 'only you know which service was meant',
  examples: { bad: 'bad-localhost', good: 'good-service-name' },
  service(service, report, project) {
    if (!isContainer(service) || service.networkMode || isForDevelopment(service)) return;
    for (const address of addressesOf(service)) {
      const fault = localhostFault(address, service, project) ?? nameFault(address, service, project);
      if (!fault) continue;
      const { span } = address.variable;
      report({
        at: span,
        message: fault.message,
        ...(fault.sure ? { confidence: 'certain' as const } : {}),
        related: [{ at: fault.target.nameSpan, message: 'meant is this service' }],
        ...inOverride(span),
      });
    }
  },
};

interface Fault {
  readonly message: string;
  readonly target: Service;
  readonly sure: boolean;
}

/** By scheme: only clients of servers, never http, which a browser on the host may be meant to open. */
const schemes: readonly (readonly [RegExp, number])[] = [
  [/^postgres(?:ql)?(?:\+.*)?$/, 5432],
  [/^(?:mysql|mariadb)(?:\+.*)?$/, 3306],
  [/^rediss?$/, 6379],
  [/^mongodb(?:\+srv)?$/, 27017],
  [/^amqps?$/, 5672],
  [/^nats$/, 4222],
];
const names: readonly (readonly [RegExp, number])[] = [
  [/(?:^|_)(?:POSTGRES|POSTGRESQL|PG)_?(?:DB_)?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i, 5432],
  [/(?:^|_)(?:MYSQL|MARIADB)_?(?:DB_)?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i, 3306],
  [/(?:^|_)(?:REDIS|VALKEY)_?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i, 6379],
  [/(?:^|_)MONGO(?:DB)?_?(?:DB_)?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i, 27017],
  [/(?:^|_)(?:RABBITMQ|RABBIT|AMQP)_?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i, 5672],
  [/(?:^|_)MEMCACHED?_?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i, 11211],
];

/** `postgres://localhost/app` in a container, while another service is the database. */
function localhostFault({ variable, scheme, host, port }: Address, service: Service, project: Project) {
  if (!/^(?:localhost|127(?:\.\d{1,3}){3})$/i.test(host)) return undefined;
  const usual =
    scheme === undefined
      ? names.find(([form]) => form.test(variable.name))?.[1]
      : schemes.find(([form]) => form.test(scheme))?.[1];
  // A database's own image may well speak of itself.
  if (usual === undefined || ['database', 'cache', 'queue', 'search'].includes(service.role.kind)) return undefined;
  const hears = (other: Service, at: number) => other.listens.some(({ value }) => value === at);
  if (hears(service, port ?? usual)) return undefined;
  const { byPort, shared } = listeners(project);
  // A sidecar shares the container's localhost.
  if (shared.has(`service:${service.name}`)) return undefined;
  const target = [...(byPort.get(usual) ?? []), ...(byPort.get(port ?? usual) ?? [])].find(
    (other) => other !== service,
  );
  if (!target) return undefined;
  const message = `"${service.name}" looks for "${target.name}" at ${host} (${variable.name}), which is its own container`;
  return { message, target, sure: false };
}

/**
 * Who serves others on a port, inside or as the host sees it, the first two of each: one may be the asker. And whose
 * network others share.
 */
const listeners = remembered((project: Project) => {
  const byPort = new Map<number, Service[]>();
  const shared = new Set<string>();
  for (const service of project.services) {
    if (!isContainer(service)) continue;
    if (service.networkMode) shared.add(service.networkMode.value);
    if (service.role.kind === 'app') continue;
    const published = service.ports.flatMap((port) => (port.protocol === 'tcp' ? [Number(port.published)] : []));
    for (const port of new Set([...service.listens.map(({ value }) => value), ...published])) {
      const known = byPort.get(port) ?? [];
      if (known.length < 2) byPort.set(port, [...known, service]);
    }
  }
  return { byPort, shared };
});

/** `db:5433` where 5433 is the host's number for it; a service on none of its networks. */
function nameFault({ variable, host, port }: Address, service: Service, project: Project): Fault | undefined {
  if (ownNames(service).includes(host)) return undefined;
  const targets = servicesCalled(host, project);
  const [target] = targets;
  if (!target || targets.length > 1 || target === service) return undefined;
  if (!meets(service, target)) {
    if (target.networkMode || isOnForeignNetwork(service, project) || isOnForeignNetwork(target, project))
      return undefined;
    const message = `"${service.name}" is told to use "${host}" (${variable.name}), which is on none of its networks`;
    return { message, target, sure: true };
  }
  if (port === undefined || target.listens.some(({ value }) => value === port)) return undefined;
  const inside = publishes(target, port);
  if (inside === undefined || inside === port) return undefined;
  const message = `"${service.name}" asks "${host}" for port ${port} (${variable.name}), which only the host has; inside it listens on ${heard(target)}`;
  return { message, target, sure: false };
}

/** The container's port behind a port of the host. */
function publishes(service: Service, port: number): number | undefined {
  return service.ports.find(({ published, protocol }) => published === String(port) && protocol === 'tcp')?.target;
}
