import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findEngine } from '../../test/house/engine/find-engine.ts';
import { standInFor } from '../../test/house/engine/stand-ins.ts';
import { withSection } from '../section.ts';
import { interruptRuns } from './measure.ts';
import { interruptedSection } from './page.ts';

/**
 * `npm run bench:interrupted [-- --runs 20 --seed 5]`: drills a service with a dependency, interrupts each run at a random
 * moment, and counts what is left on the engine. Needs a build, and an engine that nobody else uses meanwhile, as the
 * tests find one (`SEAWORTHY_ENGINE`). Writes its section of `docs/benchmarks.md`.
 */
const root = path.resolve(import.meta.dirname, '../..');
const numberOf = (flag: string, otherwise: number) => {
  const at = process.argv.indexOf(flag);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
};
const [count, seed] = [numberOf('--runs', 20), numberOf('--seed', 5)];
const say = (line: string) => void process.stderr.write(`${line}\n`);
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-interrupted-'));
const found = await findEngine(say);
if (!('engine' in found)) throw new Error('error' in found ? found.error : 'An engine is needed');
const { engine, running } = found;

try {
  fs.cpSync(path.join(root, 'test/ships/dependency-loss/floats-reconnecting'), directory, { recursive: true });
  // A build that lasts a while, as real ones do.
  fs.appendFileSync(path.join(directory, 'Dockerfile'), 'COPY nonce.txt ./\nRUN sleep 3\n');
  for (const image of ['node:22-bookworm-slim', 'redis:7-bookworm']) await standInFor(engine, image);
  const loadBefore = os.loadavg()[0] ?? 0;
  const measured = await interruptRuns(
    {
      program: path.join(root, 'dist/seaworthy.cjs'),
      directory,
      engine,
      only: 'runs-as-non-root,graceful-stop,crash-restart',
      next: 'runs-as-non-root',
    },
    {
      runs: count,
      seed,
      onRun: ({ signal, at, during, end, leaving, left, leftAfterNext = [], wrong }) =>
        say(
          `${signal} at ${at.toFixed(1)} s (${during}): ${end} after ${leaving.toFixed(2)} s, ${left.length} left, ${leftAfterNext.length} after the next run${wrong === undefined ? '' : `\n${wrong}`}`,
        ),
    },
  );
  const section = interruptedSection(measured, { seed, engine: engine.title, loadBefore });
  const page = path.join(root, 'docs/benchmarks.md');
  fs.writeFileSync(page, withSection(fs.readFileSync(page, 'utf8'), section));
  process.stdout.write(section);
  if (measured.left.length > 0) process.exitCode = 1;
} finally {
  await running?.stop();
  fs.rmSync(directory, { recursive: true, force: true });
}
