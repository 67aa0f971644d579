import type { Inside } from '../../inside/client.ts';
import type { ProcessSeen } from '../../inside/protocol.ts';
import type { Lab, Subject } from '../lab.ts';
import { endingFrom } from './ending.ts';
import type { Family } from './family.ts';
import { signalNumber, signalsIn } from './signals.ts';

/** What came of the stop signal. */
export type Passing =
  /** A process below process 1 was sent a signal. */
  | { readonly what: 'passed'; readonly to: readonly ProcessSeen[]; readonly notTo: readonly ProcessSeen[] }
  /** The container ended of it. */
  | { readonly what: 'ended'; readonly exitCode: number }
  /** Process 1 ended within a second, while the app, held still, could not have, and without its having been told anything. */
  | { readonly what: 'left-alone' }
  /** Process 1 ended some time later; whether the app had been told could not be seen. */
  | { readonly what: 'left-later'; readonly afterMs: number }
  /** Process 1 has a handler for it, and did not leave. */
  | { readonly what: 'handled' }
  /** Nothing happened. */
  | { readonly what: 'unheard' };

/**
 * Sends the stop signal as the engine does, to process 1 alone, and looks who gets it. An app below a wrapper is held still
 * (SIGSTOP) meanwhile: then what it is sent stays pending, where /proc/PID/status shows it, and nothing is a matter of timing.
 */
export async function passSignal(lab: Lab, subject: Subject, family: Family, signal: string): Promise<Passing> {
  const inside = await subject.inside();
  return family.apps.length > 0
    ? passToApps(lab, subject, inside, family, signal)
    : handleItself(lab, subject, inside, signal);
}

async function passToApps(
  lab: Lab,
  subject: Subject,
  inside: Inside,
  { apps }: Family,
  signal: string,
): Promise<Passing> {
  const pids = apps.map(({ pid }) => pid);
  await inside.signal(pids, 'SIGSTOP');
  const before = await Promise.all(pids.map((pid) => pendingIn(inside, pid)));
  const heard = subject.events().length;
  // A wrapper may take its time (`sleep 2; kill $app`), yet not all of the grace period.
  const windowMs = Math.min(8000, Math.max(2000, subject.plan.stopGraceMs - 1000));
  // Some wake what they tell to end, that it may hear of it (timeout(1): TERM, then CONT).
  const woken = inside.awake(pids, windowMs).catch(() => []);
  const began = performance.now();
  await subject.container.kill(signal);
  const reached = new Set<number>();
  const ended = async () => (await subject.container.inspect()).state.status !== 'running';
  const over = await lab.until(
    windowMs,
    async () => {
      for (const [index, pid] of pids.entries()) {
        const now = await pendingIn(inside, pid).catch(() => undefined);
        if (now?.some((number) => !before[index]?.includes(number) && isTelling(number))) reached.add(index);
      }
      return reached.size === pids.length || (await ended());
    },
    20,
  );
  if (over && reached.size === 0) for (const pid of await woken) reached.add(pids.indexOf(pid));
  if (reached.size > 0) {
    await inside.signal(pids, 'SIGCONT').catch(() => undefined);
    const of = (isReached: boolean) => apps.filter((_, index) => reached.has(index) === isReached);
    return { what: 'passed', to: of(true), notTo: of(false) };
  }
  if (over) {
    // One that drains for a while, then signals the app and leaves in the same breath, is gone before we can look.
    const { ms } = endingFrom(
      subject.events().slice(heard),
      await subject.container.inspect(),
      performance.now() - began,
    );
    return ms < 1000 ? { what: 'left-alone' } : { what: 'left-later', afterMs: ms };
  }
  // It may tell its app by other means than signals (`redis-cli shutdown`), for which the app must be awake.
  await inside.signal(pids, 'SIGCONT').catch(() => undefined);
  const left = await lab.until(Math.min(10_000, Math.max(2000, subject.plan.stopGraceMs)), ended);
  return left ? { what: 'ended', exitCode: (await subject.container.inspect()).state.exitCode } : { what: 'unheard' };
}

async function handleItself(lab: Lab, subject: Subject, inside: Inside, signal: string): Promise<Passing> {
  const number = signalNumber(signal);
  // A caught signal, or a blocked one that is fetched (signalfd, sigwait): the kernel keeps it for process 1. Any other is dropped.
  const isHandled = async () => {
    const status = await inside.read('/proc/1/status', 8192).catch(() => undefined);
    return ['SigCgt', 'SigBlk'].some(
      (name) => number !== undefined && signalsIn(maskOf(status, name)).includes(number),
    );
  };
  const handles = await isHandled();
  await subject.container.kill(signal);
  const ended = async () => (await subject.container.inspect()).state.status !== 'running';
  let left = await lab.until(handles ? 5000 : 2000, ended);
  // A handler that goes with the first signal: an app that wants it once, or Node's own, which every Node has until the app
  // asks for the signal: it does what an absent one would (src/node.cc, SignalExit), and for process 1 that is nothing.
  const isLasting = !left && (await isHandled());
  if (!left && handles && !isLasting) left = await lab.until(Math.min(25_000, subject.plan.stopGraceMs), ended);
  if (left) return { what: 'ended', exitCode: (await subject.container.inspect()).state.exitCode };
  return { what: isLasting ? 'handled' : 'unheard' };
}

/** Signals that wait for a process, or for its first thread. */
async function pendingIn(inside: Inside, pid: number): Promise<readonly number[]> {
  const status = await inside.read(`/proc/${pid}/status`, 8192);
  return [...signalsIn(maskOf(status, 'SigPnd')), ...signalsIn(maskOf(status, 'ShdPnd'))];
}

const maskOf = (status: string | undefined, name: string): string =>
  new RegExp(`^${name}:\\s*([0-9a-f]+)`, 'm').exec(status ?? '')?.[1] ?? '';

/** Children that end, terminals and timers send these by themselves: CHLD, CONT, URG, WINCH, ALRM, PROF, VTALRM, IO. Also STOP, which is ours. */
const ownNoise = new Set([17, 18, 19, 23, 28, 14, 26, 27, 29]);
const isTelling = (signal: number): boolean => !ownNoise.has(signal);
