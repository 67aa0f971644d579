import { SeaworthyError } from '../../vocabulary/error.ts';
import type { Subject } from '../lab.ts';
import type { RunningDependency } from './dependencies.ts';
import { type Trial, untilSick, untilWell, type Ward } from './health-trial.ts';
import { asksMore, serves, servesWell, statedReadiness } from './served.ts';

/** Nothing reaches the dependency any more, and nobody is told: packets are dropped, as by a broken switch. */
export async function cutOff(ward: Ward, { subject: dependency }: RunningDependency): Promise<Trial> {
  const trial = { kind: 'dependency', what: `${dependency.name} cut off` } as const;
  ward.lab.step(`cutting off ${dependency.name}`);
  const before = await lookBefore(ward);
  let mend: () => Promise<void>;
  try {
    mend = await isolated(dependency);
  } catch (error) {
    return { ...trial, seen: 'not done', note: error instanceof Error ? error.message : 'it could not be cut off' };
  }
  const seen = await outage(ward, before).finally(() => mend());
  return { ...trial, ...seen, isWellAgain: await afterwards(ward) };
}

/** The dependency is killed: its peers get a reset, its name is gone. */
export async function takeAway(ward: Ward, { subject: dependency }: RunningDependency): Promise<Trial> {
  ward.lab.step(`stopping ${dependency.name}`);
  const before = await lookBefore(ward);
  await dependency.container.kill('SIGKILL');
  await dependency.container.wait();
  const seen = await outage(ward, before);
  await dependency.start();
  await dependency.ready();
  return { kind: 'dependency', what: `${dependency.name} stopped`, ...seen, isWellAgain: await afterwards(ward) };
}

/** Drops what comes for any port that it listens on. Returns what mends it. */
export async function isolated(dependency: Subject): Promise<() => Promise<void>> {
  const inside = await dependency.inside();
  const listeners = await inside.listeners();
  // Docker's own resolver listens at 127.0.0.11 in every container.
  const open = listeners.filter(({ protocol, address }) => protocol === 'tcp' && !/^(?:127\.|::1$)/.test(address));
  const ports = new Set(open.map(({ port }) => port));
  if (ports.size === 0) throw new SeaworthyError('engine-refused', `${dependency.name} listens on no port`);
  for (const port of ports) await inside.block({ port, how: 'drop' });
  return () => inside.unblock();
}

/** A readiness path must say no within this time: balancers look every second or so, and drivers wait some seconds for an answer. */
const flipMs = 10_000;

/** What it did while all was well: only what it then stops doing is the outage's doing. */
interface Before {
  readonly served: boolean;
  /** The path that said ready. */
  readonly readiness: string | undefined;
}

async function lookBefore({ lab, subject }: Ward): Promise<Before> {
  const path = statedReadiness(lab);
  const isReady = path !== undefined && (await subject.ask({ method: 'GET', path }))?.ok === true;
  return { served: asksMore(lab) && (await serves(lab, subject)).ok, readiness: isReady ? path : undefined };
}

async function outage(
  ward: Ward,
  before: Before,
): Promise<Pick<Trial, 'seen' | 'serving' | 'failedWith' | 'readinessMs'>> {
  // Enough that each of `retries` probes could have failed; connections take a moment to be missed.
  const isOver = (passed: number, ms: number) => passed >= ward.pace.retries + 2 && ms >= 8000;
  const [noticed, readinessMs] = await Promise.all([untilSick(ward, isOver), readinessFlip(ward, before.readiness)]);
  const serving = before.served && noticed.seen !== 'ended' ? await stillServes(ward) : undefined;
  return {
    ...noticed,
    ...(readinessMs === undefined ? {} : { readinessMs }),
    ...serving,
  };
}

async function stillServes({ lab, subject }: Ward): Promise<Pick<Trial, 'serving' | 'failedWith'>> {
  let status: number | undefined;
  for (let look = 0; look < 3; look++) {
    const served = await serves(lab, subject);
    if (served.ok) return { serving: true };
    status = served.status;
  }
  return { serving: false, ...(status === undefined ? {} : { failedWith: status }) };
}

async function readinessFlip({ lab, subject }: Ward, path: string | undefined): Promise<number | 'never' | undefined> {
  if (path === undefined) return undefined;
  const began = performance.now();
  const flipped = await lab.until(flipMs, async () => !(await subject.ask({ method: 'GET', path }))?.ok, 250);
  return flipped ? performance.now() - began : 'never';
}

async function afterwards(ward: Ward): Promise<boolean> {
  if (await untilWell(ward, 45_000)) return true;
  return !(await servesWell(ward.lab, ward.subject, 5000));
}
