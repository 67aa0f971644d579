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
