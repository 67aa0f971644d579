import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchProject } from '../../src/cli/project-watch.ts';

const root = path.resolve(import.meta.dirname, '../..');
let place: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-watch-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
  fs.rmSync(place, { recursive: true, force: true });
});

const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
  fs.writeFileSync(path.join(place, file), text);
};

/** Waits for something to become true; fails with what it was told last. */
async function until(what: string, isSo: () => boolean, told: () => unknown): Promise<void> {
  for (let waited = 0; !isSo(); waited += 20) {
    if (waited > 20_000) throw new Error(`${what}; last: ${JSON.stringify(told())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a change below is told once, however many writes it took; some folders are not looked at', async () => {
  write('api/Dockerfile', 'FROM a\n');
  write('node_modules/x/index.js', '');
  write('.git/index', '');
  const told: string[][] = [];
  const watch = watchProject([place], (paths) => told.push(paths.map((one) => path.relative(place, one))));
  try {
    write('node_modules/x/index.js', '1');
    write('.git/index', '1');
    for (let time = 0; time < 5; time++) write('api/Dockerfile', `FROM b${time}\n`);
    await until(
      'nothing was told',
      () => told.length > 0,
      () => told,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told).toEqual([[path.join('api', 'Dockerfile')]]);
    expect(watch.complete).toBe(true);
  } finally {
    watch.close();
  }
});

test('a folder made later is watched once refreshed', async () => {
  const told: string[] = [];
  const watch = watchProject([place], (paths) => told.push(...paths.map((one) => path.relative(place, one))));
  try {
    fs.mkdirSync(path.join(place, 'new/deep'), { recursive: true });
    await until(
      'the folder was not seen',
      () => told.includes('new'),
      () => told,
    );
    watch.refresh();
    write('new/deep/Dockerfile', 'FROM a\n');
    await until(
      'the file was not seen',
      () => told.includes(path.join('new', 'deep', 'Dockerfile')),
      () => told,
    );
  } finally {
    watch.close();
  }
});

test('check --watch judges again, says when nothing changed, outlives a fault, and ends with 130', async () => {
  write('Dockerfile', 'FROM node:22\n');
  const main = path.join(root, 'src/cli/main.ts');
  const loader = import.meta.resolve('tsx');
  const running = spawn(
    process.execPath,
    ['--import', loader, main, 'check', '--watch', '--only', 'project/runs-as-root'],
    {
      cwd: place,
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  child = running;
  let text = '';
  running.stdout.on('data', (chunk: Buffer) => (text += chunk));
  running.stderr.on('data', (chunk: Buffer) => (text += chunk));
  const sees = (what: RegExp) =>
    until(
      `${what} was not told`,
      () => what.test(text),
      () => text,
    );

  await sees(/Watching \.; Ctrl-C ends/);
  await sees(/1 finding/);

  text = '';
  write('Dockerfile', 'FROM node:22\nUSER node\n');
  await sees(/\d\d:\d\d:\d\d Dockerfile changed\n[\s\S]*No findings/);

  text = '';
  write('notes.txt', 'x');
  await sees(/notes\.txt changed: the verdict is the same/);

  text = '';
  fs.rmSync(path.join(place, 'Dockerfile'));
  await sees(/Dockerfile changed\n[\s\S]*\[no-project\]/);

  text = '';
  write('Dockerfile', 'FROM node:22\n');
  await sees(/Dockerfile changed\n[\s\S]*1 finding/);

  running.kill('SIGINT');
  const [code] = await once(running, 'exit');
  expect(code).toBe(130);
}, 60_000);
