import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram, type Program } from '../program.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterAll(() => program.remove());

const project = { 'compose.yaml': 'services:\n  web:\n    image: nginx:1.27\n' };
const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

test('without an engine: exit code 3 and a clear word, nothing on standard output', () => {
  const { status, stdout, stderr } = program.run(['drill', '--format', 'json'], {
    cwd: program.directory(project),
    env: nowhere,
  });
  expect(status).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toContain('no engine answers at unix:///nowhere/docker.sock (DOCKER_HOST)');
  expect(stderr).toContain('[engine-unreachable]');
});

test('a drill that does not exist is misuse, a project that does not exist cannot be looked at', () => {
  const cwd = program.directory(project);
  expect(program.run(['drill', '--only', 'graceful-stopp'], { cwd, env: nowhere }).status).toBe(2);
  expect(program.run(['drill'], { cwd: program.directory(), env: nowhere }).status).toBe(3);
  expect(program.run(['drill', '--help'], { cwd }).stdout).toContain(
    'Exit codes: 0 every claim that could be told held',
  );
});

test('what only drilling needs is loaded only when drilling', () => {
  const app = program.source('app.cjs');
  for (const name of ['dockerode', 'listr2', 'tar-stream']) expect(app).not.toContain(`require("${name}")`);
});

// util-linux's `script` gives a terminal; without it there is none to test on.
const hasScript = spawnSync('script', ['--version']).status === 0;

test.skipIf(!hasScript)('on a terminal it shows what it does, and is gone when it ends', () => {
  const cwd = program.directory(project);
  const { stdout } = program.shell(
    `DOCKER_HOST=unix:///nowhere/docker.sock TERM=xterm script -qec "stty cols 80 rows 24; $SEAWORTHY drill" /dev/null`,
    cwd,
  );
  expect(stdout).toContain('Setting up');
  expect(stdout).toContain('[engine-unreachable]');
  // The cursor is shown again.
  expect(stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\u001b[?25l'));
});
