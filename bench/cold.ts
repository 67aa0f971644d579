import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { smallCompose, smallDockerfile } from './samples.ts';

export interface ColdCase {
  readonly name: string;
  readonly command: string;
  readonly line: readonly string[];
}

export interface ColdResult {
  readonly name: string;
  readonly command: string;
  readonly least: number;
  readonly median: number;
}

/**
 * A process from start to end, for each of the tools. The cases take turns, so that a busy moment of the machine meets
 * all of them; the first round only fills caches, the operating system's and ours.
 */
export function measureCold(root: string, peers: string, temporary: string, runs: number): ColdResult[] {
  const dockerfile = put(temporary, 'docker/Dockerfile', smallDockerfile);
  const compose = put(temporary, 'compose/compose.yaml', smallCompose);
  const own = path.join(root, 'dist/seaworthy.cjs');
  const bin = (name: string, file: string) => path.join(peers, 'node_modules', name, file);
  const cases: readonly ColdCase[] = [
    { name: 'node', command: 'node -e 0', line: ['-e', '0'] },
    { name: 'seaworthy', command: 'seaworthy check docker/', line: [own, 'check', path.dirname(dockerfile)] },
    {
      name: 'dockerfilelint',
      command: 'dockerfilelint docker/Dockerfile',
      line: [bin('dockerfilelint', 'bin/dockerfilelint'), dockerfile],
    },
    {
      name: 'dockerfile-utils',
      command: 'dockerfile-utils lint docker/Dockerfile',
      line: [bin('dockerfile-utils', 'bin/dockerfile-utils'), 'lint', dockerfile],
    },
    { name: 'seaworthy', command: 'seaworthy check compose/', line: [own, 'check', path.dirname(compose)] },
    { name: 'dclint', command: 'dclint compose/compose.yaml', line: [bin('dclint', 'bin/dclint.cjs'), compose] },
  ];
  // With extra certificates Node reads them all at each start: 37 ms more for everybody, which flatters every quotient.
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  const env = { ...inherited, XDG_CACHE_HOME: temporary };
  const times = cases.map((): number[] => []);
  for (let round = -1; round < runs; round += 1)
    cases.forEach(({ name, line }, index) => {
      const from = process.hrtime.bigint();
      const run = spawnSync(process.execPath, line, { env, cwd: temporary });
      const milliseconds = Number(process.hrtime.bigint() - from) / 1e6;
      if (run.status === null || run.status > 2) throw new Error(`${name} failed:\n${run.stderr}`);
      if (round >= 0) times[index]?.push(milliseconds);
    });
  return cases.map(({ name, command }, index) => {
    const sorted = (times[index] ?? []).sort((a, b) => a - b);
    return { name, command, least: sorted[0] ?? 0, median: sorted[sorted.length >> 1] ?? 0 };
  });
}

function put(root: string, file: string, text: string): string {
  const place = path.join(root, file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, text);
  return place;
}
