import { type ChildProcess, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import type { Find, News, Orders, Slowest } from './messages.ts';
import { Runs } from './run.ts';
import type { Sample } from './samples.ts';

export interface Tally {
  readonly runs: number;
  readonly deep: number;
  readonly slowest: Slowest;
}

export interface CrewOptions {
  readonly root: string;
  readonly samples: readonly Sample[];
  readonly seed: number;
  readonly from: number;
  readonly runs: number;
  readonly jobs: number;
  readonly deepEvery: number;
  /** Mend each project as well. */
  readonly mend?: boolean;
  /** A run that takes longer is killed. */
  readonly patienceMs: number;
  /** Instead of the worker; for tests. */
  readonly program?: string;
  readonly onFind: (find: Find) => void;
  readonly onProgress: (tally: Tally) => void;
}

/** Shares the runs out over processes, and replaces those that hang or die. */
export async function runCrew(options: CrewOptions): Promise<Tally> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-fuzz-'));
  try {
    const program = options.program ?? (await bundled(folder));
    let tally: Tally = { runs: 0, deep: 0, slowest: { run: options.from, sample: '', ms: 0 } };
    const add = ({ runs, deep, slowest }: Tally) => {
      tally = {
        runs: tally.runs + runs,
        deep: tally.deep + deep,
        slowest: slowest.ms > tally.slowest.ms ? slowest : tally.slowest,
      };
      options.onProgress(tally);
    };
    const end = options.from + options.runs;
    const shares = Array.from({ length: options.jobs }, (_, job) => options.from + job);
    await Promise.all(shares.map((first) => share(program, first, end, options, add)));
    return tally;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** One file of plain JavaScript: starts at once, runs as the shipped program does, and later edits do not touch it. */
async function bundled(folder: string): Promise<string> {
  const outfile = path.join(folder, 'worker.mjs');
  await esbuild.build({
    entryPoints: [path.join(import.meta.dirname, 'worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}

/** A worker's share of the runs: `first`, `first + jobs`, …; begun again behind the run that hung or died. */
async function share(
  program: string,
  first: number,
  end: number,
  options: CrewOptions,
  add: (tally: Tally) => void,
): Promise<void> {
  const { root, seed, jobs: step, deepEvery, mend = false } = options;
  for (let next = first; next < end; ) {
    const orders: Orders = { root, seed, first: next, step, end, deepEvery, mend };
    const stopped = await work(program, orders, options, add);
    if (!stopped) return;
    const runs = new Runs(options.samples, seed);
    const { name: sample, files } = runs.run(stopped.run);
    options.onFind({ run: stopped.run, sample, fault: stopped.why, files });
    next = stopped.run + step;
  }
}

/** Resolves when the worker is done; with the run it was at, when it had to be killed or died. */
function work(
  program: string,
  orders: Orders,
  { patienceMs, onFind }: CrewOptions,
  add: (tally: Tally) => void,
): Promise<{ run: number; why: string } | undefined> {
  // Without the loader that runs this file, which would slow the worker down.
  const child: ChildProcess = fork(program, [JSON.stringify(orders)], { execArgv: ['--max-old-space-size=2048'] });
  let at = orders.first;
  // To start may take long where others are busy.
  let heard = performance.now() + 30_000;
  let why = 'the process died';
  let told = 0;
  const watch = setInterval(() => {
    if (performance.now() - heard < patienceMs) return;
    why = `hung: killed after ${patienceMs / 1000} s`;
    child.kill('SIGKILL');
  }, 500);
  return new Promise((resolve, reject) => {
    child.on('message', (news: News) => {
      heard = performance.now();
      if (news.kind === 'began') {
        at = news.run;
        told++;
      } else if (news.kind === 'found') onFind(news.find);
      else {
        told -= news.runs;
        add(news);
      }
    });
    child.on('error', reject);
    let ended: { readonly code: number | null } | undefined;
    const finish = () => {
      if (!ended || child.connected) return;
      clearInterval(watch);
      const { code } = ended;
      if (code === 0) return resolve(undefined);
      add({ runs: told, deep: 0, slowest: { run: at, sample: '', ms: 0 } });
      resolve({ run: at, why: code === null ? why : `${why} with code ${code}` });
    };
    // What it said last may arrive after its end: only the end of the channel says that all is here.
    child.on('disconnect', finish);
    child.on('exit', (code) => {
      ended = { code };
      finish();
    });
  });
}
