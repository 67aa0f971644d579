import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * `npm run bench:start [-- <runs>]`: what a cold `seaworthy check` costs over `node -e 0`, with and without a code
 * cache. The cases take turns, so that a busy moment of the machine meets all of them; compare the minima. Needs a build.
 */
const root = path.dirname(import.meta.dirname);
const runs = Number(process.argv[2] ?? 40);
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-start-'));
const put = (file: string, text: string) => {
  fs.mkdirSync(path.join(temporary, path.dirname(file)), { recursive: true });
  fs.writeFileSync(path.join(temporary, file), text);
};
put(
  'docker/Dockerfile',
  'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "server.js"]\n',
);
put(
  'compose/compose.yaml',
  'services:\n  api:\n    image: node:22-alpine\n    ports: ["3000:3000"]\n    restart: always\n',
);
put('empty.cjs', '');
fs.cpSync(path.join(root, 'dist'), path.join(temporary, 'dist'), { recursive: true });

const command = path.join(temporary, 'dist/seaworthy.cjs');
const off = { SEAWORTHY_CODE_CACHE: 'off' };
const cases: readonly [string, readonly string[], Record<string, string>][] = [
  ['node -e 0', ['-e', '0'], {}],
  ['node empty.cjs', [path.join(temporary, 'empty.cjs')], {}],
  ['seaworthy --version', [command, '--version'], {}],
  ['one Dockerfile', [command, 'check', path.join(temporary, 'docker')], {}],
  ['one Dockerfile, no cache', [command.replace('dist', 'bare'), 'check', path.join(temporary, 'docker')], off],
  ['one Compose file', [command, 'check', path.join(temporary, 'compose')], {}],
  ['one Compose file, no cache', [command.replace('dist', 'bare'), 'check', path.join(temporary, 'compose')], off],
];
fs.cpSync(path.join(root, 'dist'), path.join(temporary, 'bare'), {
  recursive: true,
  filter: (file) => !file.endsWith('.v8'),
});

// As `bench/cold.ts`: Node would read extra certificates at each start.
const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
const times = new Map<string, number[]>(cases.map(([name]) => [name, []]));
try {
  for (let round = -1; round < runs; round += 1)
    for (const [name, line, env] of cases) {
      const from = process.hrtime.bigint();
      const run = spawnSync(process.execPath, line, { env: { ...inherited, XDG_CACHE_HOME: temporary, ...env } });
      const milliseconds = Number(process.hrtime.bigint() - from) / 1e6;
      if (run.status === null || run.status > 1) throw new Error(`${name} failed:\n${run.stderr}`);
      // The first round only fills what the operating system and we ourselves keep.
      if (round >= 0) times.get(name)?.push(milliseconds);
    }
} finally {
  fs.rmSync(temporary, { recursive: true, force: true });
}
for (const [name, all] of times) {
  const sorted = all.sort((a, b) => a - b);
  const [least, median] = [sorted[0] ?? 0, sorted[sorted.length >> 1] ?? 0];
  process.stdout.write(
    `${name.padEnd(28)} min ${least.toFixed(1).padStart(6)} ms   median ${median.toFixed(1).padStart(6)} ms\n`,
  );
}
