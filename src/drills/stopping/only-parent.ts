import type { Inside } from '../../inside/client.ts';
import type { ProcessSeen } from '../../inside/protocol.ts';

/** What processes were seen to do, by their numbers. */
export interface Doings {
  /** Hold the socket on which the service is asked. */
  readonly serving: ReadonlySet<number>;
  /** Do nothing but wait for a child to end. */
  readonly waiting: ReadonlySet<number>;
}

export const unseenDoings: Doings = { serving: new Set(), waiting: new Set() };

/** `port`: where the service is asked, if anywhere. */
export async function doingsOf(
  inside: Inside,
  processes: readonly ProcessSeen[],
  port: number | undefined,
): Promise<Doings> {
  const [serving, waits] = await Promise.all([
    port === undefined ? [] : inside.holders(1, port).catch(() => []),
    Promise.all(processes.map(({ pid }) => isWaiting(inside, pid))),
  ]);
  const waiting = processes.filter((_, index) => waits[index]).map(({ pid }) => pid);
  return { serving: new Set(serving), waiting: new Set(waiting) };
}

/** Where its first thread sleeps in the kernel (proc_pid_wchan(5)); `0` where that is not told. */
const isWaiting = async (inside: Inside, pid: number): Promise<boolean> =>
  /^(?:do_wait|kernel_wait4)$/.test((await inside.read(`/proc/${pid}/wchan`, 100).catch(() => undefined)) ?? '');

/**
 * Whether a program of any name only starts others and watches them: it sleeps in wait(2), or what it was told to run runs
 * below it (`supervise node server.js`), or the port that is asked is held below it and not by itself, as a server's own
 * master process would. `children`: its own, without those that merely wait for something.
 */
export function isOnlyParent(
  one: ProcessSeen,
  children: readonly ProcessSeen[],
  all: readonly ProcessSeen[],
  { serving, waiting }: Doings,
): boolean {
  if (children.length === 0) return false;
  return (
    waiting.has(one.pid) ||
    children.some((child) => endsWith(one.command, child.command)) ||
    (!serving.has(one.pid) && children.some((child) => servesBelow(child, all, serving, 0)))
  );
}

/** Forks of one program have all of its command line, and are workers of the app. */
const endsWith = (long: readonly string[], short: readonly string[]): boolean =>
  short.length > 0 && short.length < long.length && long.slice(-short.length).every((word, i) => word === short[i]);

function servesBelow(one: ProcessSeen, all: readonly ProcessSeen[], serving: ReadonlySet<number>, depth: number) {
  if (serving.has(one.pid)) return true;
  if (depth > 20) return false;
  return all.some(
    (child): boolean => child.ppid === one.pid && child.pid !== one.pid && servesBelow(child, all, serving, depth + 1),
  );
}
