import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding } from '../src/index.ts';
import { check } from '../src/index.ts';

/**
 * `npm run corpus [-- DIR…] [--rule ID] [--show N]`: judges every Dockerfile of a folder, each alone, and every folder
 * with a Compose file as a project; tells findings by rule, crashes, and the slowest. Default: `../shared/corpus`
 * beside the checkout, where there is one.
 */
const { values, positionals } = parseArgs({
  options: {
    rule: { type: 'string' },
    show: { type: 'string', default: '0' },
    today: { type: 'string' },
    json: { type: 'boolean' },
  },
  allowPositionals: true,
});
const shared = path.join(import.meta.dirname, '..', '..', 'shared', 'corpus');
const places = positionals.length > 0 ? positionals : [shared];
if (!places.every((place) => fs.existsSync(place))) {
  console.error(`There is no corpus at ${places.join(', ')}: name a folder of Dockerfiles or projects.`);
  process.exit(3);
}

interface Sample {
  readonly name: string;
  readonly run: () => ReturnType<typeof check>;
  readonly line: (finding: Finding) => string;
}

const options = { ...(values.rule ? { only: [values.rule] } : {}), ...(values.today ? { today: values.today } : {}) };

function* samples(folder: string): Generator<Sample> {
  const entries = fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (entries.some((entry) => /^(?:docker-)?compose\.ya?ml$/.test(entry.name))) {
    yield {
      name: path.basename(folder),
      run: () => check({ directory: folder }, options),
      line: (finding) => sourceLine(path.join(folder, finding.file), finding),
    };
    return;
  }
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* samples(place);
    else if (/\.Dockerfile$|^Dockerfile/.test(entry.name))
      yield {
        name: entry.name,
        run: () => check({ files: { Dockerfile: fs.readFileSync(place, 'utf8') } }, options),
        line: (finding) => sourceLine(place, finding),
      };
  }
}

function sourceLine(file: string, finding: Finding): string {
  try {
    return fs.readFileSync(file, 'utf8').split('\n')[finding.span.start.line - 1]?.trim().slice(0, 110) ?? '';
  } catch {
    return '';
  }
}

const byRule = new Map<string, { count: number; files: Set<string> }>();
const slow: { name: string; ms: number }[] = [];
const crashes: string[] = [];
const shown: string[] = [];
let files = 0;
let total = 0;
for (const place of places)
  for (const sample of samples(place)) {
    files++;
    const started = performance.now();
    try {
      const verdict = await sample.run();
      for (const failure of verdict.failures) crashes.push(`${sample.name}: ${failure.rule}: ${failure.message}`);
      for (const finding of verdict.findings) {
        total++;
        const row = byRule.get(finding.rule) ?? { count: 0, files: new Set() };
        row.count++;
        row.files.add(sample.name);
        byRule.set(finding.rule, row);
        shown.push(
          `${sample.name}:${finding.span.start.line}:${finding.span.start.column} ${finding.severity}/${finding.confidence} ${finding.rule}: ${finding.message}\n      ${sample.line(finding)}`,
        );
      }
    } catch (error) {
      crashes.push(`${sample.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    slow.push({ name: sample.name, ms: performance.now() - started });
  }

// Every k-th finding: a sample that is the same in each run.
const wanted = Number(values.show);
const step = Math.max(1, Math.floor(shown.length / Math.max(1, wanted)));
if (wanted > 0)
  for (let at = 0, told = 0; at < shown.length && told < wanted; at += step, told++) console.log(shown[at]);
for (const [rule, { count, files: where }] of [...byRule].sort((a, b) => b[1].count - a[1].count))
  console.log(`${String(count).padStart(6)} in ${String(where.size).padStart(4)} files  ${rule}`);
slow.sort((a, b) => b.ms - a.ms);
console.log(
  `${files} samples, ${total} findings, ${crashes.length} crashes; slowest ${slow
    .slice(0, 3)
    .map(({ name, ms }) => `${name} ${ms.toFixed(0)} ms`)
    .join(', ')}`,
);
for (const crash of crashes) console.log(`CRASH ${crash}`);
process.exitCode = crashes.length > 0 ? 1 : 0;
