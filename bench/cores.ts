import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { composeOf, dockerfileOf } from './samples.ts';

export interface Cores {
  readonly what: string;
  readonly jobs: number;
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** A whole `seaworthy check` of a monorepo by one thread and by several, taking turns; medians of some runs. */
export function measureCores(
  root: string,
  temporary: string,
  runs: number,
  counts = [200, 500, 1000, 10_000],
): Cores[] {
  const trees = [
    ...counts.map((count) => ({
      what: `${count} Dockerfiles`,
      place: tree(temporary, `cores-${count}`, count, 'Dockerfile', dockerfileOf),
    })),
    {
      what: '1000 Compose projects of 4 services',
      place: tree(temporary, 'cores-compose', 1000, 'compose.yaml', () => composeOf(4)),
    },
  ];
  return trees.flatMap(({ what, place }) => {
    const measured = [1, 2, 4].map((jobs) => ({
      what,
      jobs,
      runs: [] as { milliseconds: number; megabytes: number }[],
    }));
    for (let run = 0; run < runs; run++) for (const one of measured) one.runs.push(check(root, place, one.jobs));
    return measured.map(({ runs: all, ...one }) => {
      const sorted = all.sort((a, b) => a.milliseconds - b.milliseconds);
      return { ...one, ...(sorted[sorted.length >> 1] ?? { milliseconds: 0, megabytes: 0 }) };
    });
  });
}

function check(root: string, place: string, jobs: number) {
  const program = path.join(root, 'dist/seaworthy.cjs');
  const hook = path.join(import.meta.dirname, 'peak.cjs');
  const command = ['--require', hook, program, 'check', '--fail-on', 'never', '--jobs', String(jobs), place];
  const from = process.hrtime.bigint();
  const run = spawnSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  const milliseconds = Number(process.hrtime.bigint() - from) / 1e6;
  if (run.status !== 0) throw new Error(`seaworthy check ${place} failed:\n${run.stderr}`);
  const peak: { megabytes: number } = JSON.parse(run.output[3] ?? '');
  return { milliseconds, megabytes: peak.megabytes };
}

function tree(temporary: string, name: string, count: number, file: string, text: (number: number) => string): string {
  const place = path.join(temporary, name);
  for (let number = 0; number < count; number++) {
    const folder = path.join(place, `group-${number % 100}`, `service-${number}`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, file), text(number));
  }
  return place;
}

/** The section of `docs/benchmarks.md`. */
export function coresSection(cores: readonly Cores[]): string[] {
  return [
    '## All cores',
    '',
    'A whole `seaworthy check` by one thread and by several (`--jobs`), process start included; median of the runs. The verdict is the same. Without `--jobs`, threads are used from some 200 files on.',
    '',
    '| what | threads | time | of one thread | peak memory |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...cores.map(({ what, jobs, milliseconds, megabytes }) => {
      const alone = cores.find((one) => one.what === what && one.jobs === 1)?.milliseconds ?? milliseconds;
      return `| ${what} | ${jobs} | ${Math.round(milliseconds)} ms | ${(milliseconds / alone).toFixed(2)} × | ${Math.round(megabytes)} MB |`;
    }),
    '',
  ];
}
