import type { Subject } from '../lab.ts';

interface Listener {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
}

/** From other containers: what listens at the loopback address is for those within. */
export const isReachable = ({ address }: Pick<Listener, 'address'>): boolean =>
  !/^(?:127\.|::1$|::ffff:127\.)/.test(address);

/** Whether it listens at this port, and only for itself: a container's own localhost is nobody else's. */
export async function isOnlyForItself(subject: Subject, port: number): Promise<boolean> {
  const listeners = (await (await subject.inside()).listeners().catch(() => [])).filter(
    (one) => one.protocol === 'tcp' && one.port === port,
  );
  return listeners.length > 0 && !listeners.some(isReachable);
}

/** Whether somebody within listens at a socket that is a file: `/var/run/postgresql/.s.PGSQL.5432`. */
export async function hasOwnSocket(subject: Subject): Promise<boolean> {
  const table = await (await subject.inside()).read('/proc/net/unix', 262_144).catch(() => undefined);
  return listensAtFile(table ?? '');
}

/** From the kernel's table of sockets: those with SO_ACCEPTCON (0x10000) among their flags, and a path. */
export const listensAtFile = (table: string): boolean => /^\S+ \S+ \S+ 00010000 .* \/\S+$/m.test(table);
