import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { unifiedDiff } from '../src/fix/unified-diff.ts';
import { loadComposeProject } from '../src/model/compose/load.ts';
import type { Files } from '../src/read/files.ts';
import { diskFiles } from '../src/read/files-disk.ts';
import { memoryFiles } from '../src/read/files-memory.ts';
import { overlayFiles } from '../src/read/files-overlay.ts';
import { harmDone, mend } from '../test/house/mended.ts';

/**
 * `npm run corpus:fix [-- DIR…] [--rule ID] [--show N] [--left N]`: mends every Dockerfile of a folder, each alone, and
 * every folder with a Compose file as a project, in memory; tells findings before, after `fix` and after
 * `fix --review`, by rule, what harm was done (none, if all is well), and why the rest is left.
 */
const { values, positionals } = parseArgs({
  options: {
    rule: { type: 'string' },
    show: { type: 'string', default: '0' },
    left: { type: 'string', default: '20' },
  },
  allowPositionals: true,
});
const shared = path.join(import.meta.dirname, '..', '..', 'shared', 'corpus');
const places = positionals.length > 0 ? positionals : [shared];
if (!places.every((place) => fs.existsSync(place))) {
  console.error(`There is no corpus at ${places.join(', ')}: name a folder of Dockerfiles or projects.`);
  process.exit(3);
}

interface Row {
  before: number;
  safe: number;
  review: number;
}

const rules = new Map<string, Row>();
const reasons = new Map<string, number>();
const harm: string[] = [];
const tally = { samples: 0, changedSafe: 0, changedReview: 0, slowest: 0, slowestName: '' };
let toShow = Number(values.show);
const only = values.rule === undefined ? {} : { only: [values.rule] };

for (const place of places) for (const { name, files } of samples(place)) await measure(name, files);

const total: Row = { before: 0, safe: 0, review: 0 };
for (const row of rules.values()) for (const key of ['before', 'safe', 'review'] as const) total[key] += row[key];
console.log('before    fix  --review  mended  rule');
for (const [rule, row] of [...rules].sort((a, b) => b[1].before - a[1].before)) console.log(line(row, rule));
console.log(line(total, 'all'));
console.log(
  `${tally.samples} samples; changed by fix ${tally.changedSafe}, by --review ${tally.changedReview}; slowest ${tally.slowestName} ${Math.round(tally.slowest)} ms`,
);
console.log(`\nleft after --review, because:`);
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, Number(values.left)))
  console.log(`${String(count).padStart(6)}  ${reason}`);
console.log(`\nharm: ${harm.length === 0 ? 'none' : ''}`);
for (const one of harm.slice(0, 100)) console.log(`  ${one}`);
process.exitCode = harm.length > 0 ? 1 : 0;

async function measure(name: string, files: Files): Promise<void> {
  tally.samples += 1;
  const started = performance.now();
  try {
    const safe = await mend(files, { level: 'safe', ...only });
    const review = await mend(files, { level: 'review', ...only });
    const again = await mend(overlayFiles(files, review.files), { level: 'review', ...only });
    if (again.files.size > 0) harm.push(`${name}: a second run changes ${[...again.files.keys()].join(', ')}`);
    for (const outcome of [safe, review]) harm.push(...harmDone(outcome).map((one) => `${name}: ${one}`));
    for (const { rule, message } of review.after.failures) harm.push(`${name}: ${rule} threw: ${message}`);
    if (refusals(overlayFiles(files, review.files)) > refusals(files)) harm.push(`${name}: Compose refuses the result`);
    for (const { rule } of safe.before.findings) row(rule).before += 1;
    for (const { rule } of safe.after.findings) row(rule).safe += 1;
    for (const { rule } of review.after.findings) row(rule).review += 1;
    if (safe.files.size > 0) tally.changedSafe += 1;
    if (review.files.size > 0) tally.changedReview += 1;
    for (const { finding, because } of review.left) {
      const reason = `${finding.rule}: ${because.replaceAll(/"[^"]*"/g, '"…"')}`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    if (toShow > 0 && review.files.size > 0) {
      toShow -= 1;
      for (const [file, text] of review.files)
        console.log(await unifiedDiff(`${name}/${file}`, review.originals.get(file), text));
    }
  } catch (error) {
    harm.push(`${name}: threw ${error instanceof Error ? error.stack : String(error)}`);
  }
  const took = performance.now() - started;
  if (took > tally.slowest) Object.assign(tally, { slowest: took, slowestName: name });
}

function refusals(files: Files): number {
  if (
    !['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'].some(
      (name) => files.kind(name) === 'file',
    )
  )
    return 0;
  return loadComposeProject(files).faults.filter(({ refused }) => refused).length;
}

function* samples(folder: string): Generator<{ readonly name: string; readonly files: Files }> {
  const entries = fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (entries.some((entry) => /^(?:docker-)?compose\.ya?ml$/.test(entry.name))) {
    yield { name: path.basename(folder), files: diskFiles(folder) };
    return;
  }
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* samples(place);
    else if (/\.Dockerfile$|^Dockerfile/.test(entry.name))
      yield { name: entry.name, files: memoryFiles({ Dockerfile: fs.readFileSync(place, 'utf8') }) };
  }
}

function row(rule: string): Row {
  const known = rules.get(rule) ?? { before: 0, safe: 0, review: 0 };
  rules.set(rule, known);
  return known;
}

function line({ before, safe, review }: Row, rule: string): string {
  const share = before === 0 ? '' : `${Math.round((100 * (before - review)) / before)} %`;
  return `${String(before).padStart(6)} ${String(safe).padStart(6)} ${String(review).padStart(9)} ${share.padStart(7)}  ${rule}`;
}
