import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../test/house/engine/engine.ts';
import { Random } from '../../tools/fuzz/random.ts';
import { Drilling } from '../../test/drills/interrupted/drilling.ts';
import { beyond, engineObjects } from '../../test/drills/interrupted/engine-objects.ts';

export interface Interrupted {
  readonly signal: NodeJS.Signals;
  /** Seconds after the start. */
  readonly at: number;
  /** The last it had told: `setting up: building web`. */
  readonly during: string;
  /** The exit code, or the signal that ended it. */
  readonly end: string;
  /** By itself, before the signal. */
  readonly hasEnded: boolean;
  /** Seconds from the signal to the end of the process. */
  readonly leaving: number;
  /** What was there when it had ended and not before. */
  readonly left: readonly string[];
  /** The last it said, where it did not end as it should. */
  readonly wrong?: string;
  /** The same after the next run, which is not interrupted; only where something was left. */
  readonly leftAfterNext?: readonly string[];
}

export interface Bench {
  readonly program: string;
  readonly directory: string;
  readonly engine: Engine;
  readonly only: string;
  /** What the next run does that must remove what a killed one left. */
  readonly next: string;
}

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGKILL'];

/** So many runs, each stopped at a moment of its own, drawn from the seed over the length of a whole run. */
export async function interruptRuns(
  bench: Bench,
  options: { readonly runs: number; readonly seed: number; readonly onRun: (run: Interrupted) => void },
): Promise<{ readonly wholeSeconds: number; readonly runs: readonly Interrupted[]; readonly left: readonly string[] }> {
  const random = new Random(options.seed);
  const before = await engineObjects(bench.engine);
  const whole = await drilled(bench, bench.only, 0);
  if (whole.code !== 0) throw new Error(`a run that nobody interrupts ends with ${whole.code}:\n${whole.said}`);
  const runs: Interrupted[] = [];
  for (let number = 1; number <= options.runs; number++) {
    const signal = signals[(number - 1) % signals.length]!;
    let run = await interrupted(bench, signal, random.next() * whole.seconds, number, before);
    // It was quicker than the first: nobody interrupted it.
    while (run.hasEnded) run = await interrupted(bench, signal, random.next() * whole.seconds, number, before);
    runs.push(run);
    options.onRun(run);
  }
  return { wholeSeconds: whole.seconds, runs, left: beyond(await engineObjects(bench.engine), before) };
}

async function interrupted(
  bench: Bench,
  signal: NodeJS.Signals,
  at: number,
  number: number,
  before: ReadonlySet<string>,
): Promise<Interrupted> {
  freshen(bench.directory, number);
  const drilling = new Drilling(bench.program, bench.directory, bench.engine, ['--only', bench.only]);
  const hasEnded = await Promise.race([sleep(at * 1000, false), drilling.ended.then(() => true)]);
  const during = drilling.said.split('\n').at(-1) ?? '';
  const asked = performance.now();
  drilling.send(signal);
  const { code, signal: endedBy } = await drilling.ended;
  const leaving = (performance.now() - asked) / 1000;
  const left = beyond(await engineObjects(bench.engine), before);
  const end = String(code ?? endedBy);
  const isRight = end === (signal === 'SIGKILL' ? 'SIGKILL' : '130');
  const wrong = isRight ? {} : { wrong: drilling.said.split('\n').slice(-20).join('\n') };
  const told = { signal, at, during, end, hasEnded, leaving, left, ...wrong };
  if (left.length === 0 || hasEnded) return told;
  await drilled(bench, bench.next, number);
  return { ...told, leftAfterNext: beyond(await engineObjects(bench.engine), before) };
}

async function drilled(bench: Bench, only: string, number: number) {
  freshen(bench.directory, number);
  const drilling = new Drilling(bench.program, bench.directory, bench.engine, ['--only', only]);
  return { ...(await drilling.ended), said: drilling.said };
}

/** Another source for each run, so that its image is really built. */
function freshen(directory: string, number: number): void {
  fs.writeFileSync(path.join(directory, 'nonce.txt'), `${number}\n`);
}
