import path from 'node:path';
import { parseArgs } from 'node:util';
import { runCrew } from './fuzz/crew.ts';
import { keepFind, sameFault } from './fuzz/keep-find.ts';
import { Runs } from './fuzz/run.ts';
import { allSamples } from './fuzz/samples.ts';
import { slowPatterns } from './fuzz/slow-patterns.ts';
import { smallest } from './fuzz/smallest.ts';
import { faultOf } from './fuzz/trial.ts';

/**
 * `npm run fuzz [-- --runs N] [--seed S] [--jobs J] [--from N]`: judges randomly damaged projects, and says what threw,
 * failed, hung, took longer than a second, was printed otherwise than read, or differed with the order of rules or files.
 * `--fix` also mends each project, and says what was lost, refused, or not finished at once.
 * `--only N` does one run of a seed here, shows its fault and the fewest lines that still have it. `--patterns` names
 * the regular expressions of `src/` that long runs make slow.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '4' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
    patterns: { type: 'boolean' },
    fix: { type: 'boolean', default: false },
    keep: { type: 'string', default: '.cache/fuzz' },
  },
});
const root = path.dirname(import.meta.dirname);
const samples = allSamples(root);
const seed = Number(values.seed);

if (values.patterns) patterns();
else if (values.only === undefined) await fuzz();
else repeat(Number(values.only));

async function fuzz(): Promise<void> {
  const runs = Number(values.runs);
  const kinds = new Map<string, { count: number; example: string; place: string }>();
  const started = performance.now();
  let said = started;
  console.log(`${samples.length} samples, ${runs} runs, seed ${seed}`);
  const tally = await runCrew({
    root,
    samples,
    seed,
    runs,
    from: Number(values.from),
    jobs: Number(values.jobs),
    deepEvery: 50,
    mend: values.fix,
    patienceMs: 60_000,
    onFind: (find) => {
      const kind = sameFault(find.fault);
      const known = kinds.get(kind);
      if (known) known.count++;
      // Of what is slow, each may be slow for a reason of its own.
      if (known && known.count > 5) return;
      const place = keepFind(path.resolve(root, values.keep), seed, find);
      if (!known) kinds.set(kind, { count: 1, example: find.fault, place });
      console.log(
        `FOUND in run ${find.run} (${find.sample}), kept in ${place}\n  ${find.fault.replaceAll('\n', '\n  ')}`,
      );
    },
    onProgress: (soFar) => {
      if (performance.now() - said < 30_000) return;
      said = performance.now();
      console.log(`${soFar.runs} runs, ${((said - started) / 1000).toFixed(0)} s, ${kinds.size} kinds of faults`);
    },
  });
  const { slowest } = tally;
  console.log(
    `${tally.runs} runs in ${((performance.now() - started) / 1000).toFixed(0)} s, ${tally.deep} of them also in other orders and all formats; slowest run ${slowest.run} (${slowest.sample}) ${slowest.ms.toFixed(0)} ms; ${kinds.size} kinds of faults`,
  );
  for (const { count, example, place } of [...kinds.values()].sort((a, b) => b.count - a.count))
    console.log(`${String(count).padStart(7)}  ${example.split('\n', 1)[0]?.slice(0, 160)}  ${place}`);
  process.exitCode = kinds.size > 0 ? 1 : 0;
}

function repeat(number: number): void {
  const { name, files } = new Runs(samples, seed).run(number);
  const started = performance.now();
  const fault = faultOf(files);
  console.log(`${name}: ${(performance.now() - started).toFixed(0)} ms: ${fault ?? 'no fault'}`);
  if (fault === undefined) return;
  const kind = sameFault(fault);
  const left = smallest(files, (fewer) => sameFault(faultOf(fewer) ?? '') === kind);
  for (const [file, text] of Object.entries(left)) console.log(`--- ${file}\n${JSON.stringify(text)}\n${text}`);
}

function patterns(): void {
  for (const { where, pattern, text, ms } of slowPatterns(path.join(root, 'src')))
    console.log(`${ms.toFixed(0).padStart(6)} ms  ${where}  ${pattern.slice(0, 120)}  on ${text}`);
}
