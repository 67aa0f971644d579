import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { composeOf, longDockerfile, writeTree } from './samples.ts';

export interface Growth {
  readonly what: string;
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** The same kind of project in three sizes: time and peak memory of a whole `seaworthy check`, medians of some runs. */
export function measureGrowth(root: string, temporary: string, runs: number): Growth[][] {
  const dockerfiles = [1250, 2500, 5000].map((lines) => ({
    what: `Dockerfile of ${lines} lines`,
    place: folder(temporary, `lines-${lines}`, 'Dockerfile', longDockerfile(lines)),
  }));
  const services = [250, 500, 1000].map((count) => ({
    what: `Compose file of ${count} services`,
    place: folder(temporary, `services-${count}`, 'compose.yaml', composeOf(count)),
  }));
  const trees = [25_000, 50_000, 100_000].map((files) => {
    const place = path.join(temporary, `tree-${files}`);
    writeTree(place, files);
    return { what: `${files} files, ${files / 100} of them Dockerfiles`, place };
  });
  return [dockerfiles, services, trees].map((group) =>
    group.map(({ what, place }) => ({ what, ...of(root, place, runs) })),
  );
}

function of(root: string, place: string, runs: number): Omit<Growth, 'what'> {
  const command = [path.join(root, 'dist/seaworthy.cjs'), 'check', '--fail-on', 'never', place];
  const hook = path.join(import.meta.dirname, 'peak.cjs');
  const measured = Array.from({ length: runs }, () => {
    const from = process.hrtime.bigint();
    const run = spawnSync(process.execPath, ['--require', hook, ...command], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    const milliseconds = Number(process.hrtime.bigint() - from) / 1e6;
    if (run.status !== 0) throw new Error(`seaworthy check ${place} failed:\n${run.stderr}`);
    const peak: { megabytes: number } = JSON.parse(run.output[3] ?? '');
    return { milliseconds, megabytes: peak.megabytes };
  }).sort((a, b) => a.milliseconds - b.milliseconds);
  return measured[runs >> 1] ?? { milliseconds: 0, megabytes: 0 };
}

function folder(temporary: string, name: string, file: string, text: string): string {
  const place = path.join(temporary, name);
  fs.mkdirSync(place, { recursive: true });
  fs.writeFileSync(path.join(place, file), text);
  return place;
}
