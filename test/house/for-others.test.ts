import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { check } from '../../src/cli/commands/check.ts';

/** What other people's repositories use of this one: the pre-commit hook and the GitHub Action. */
const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): unknown => parse(fs.readFileSync(path.join(root, file), 'utf8'));

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly pass_filenames: boolean;
}

interface Action {
  readonly inputs: Readonly<Record<string, { description: string; default: string }>>;
  readonly outputs: Readonly<Record<string, { value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { id?: string; shell: string; run: string; env: Readonly<Record<string, string>> }[];
  };
}

const hooks = read('.pre-commit-hooks.yaml') as readonly Hook[];
const action = read('action.yml') as Action;
const hasBash = spawnSync('bash', ['--version']).status === 0;

/** Flags of `check` that a text names. */
const flagsIn = (text: string) => [...text.matchAll(/(?<= )--([a-z-]+)/g)].map(([, flag]) => flag ?? '');

test('the hook calls what the package installs', () => {
  expect(hooks).toHaveLength(1);
  const manifest: { bin: Record<string, string> } = JSON.parse(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  const [program, command, ...rest] = hooks[0]?.entry.split(' ') ?? [];
  expect(Object.keys(manifest.bin)).toContain(program);
  expect(command).toBe(check.name);
  expect(rest).toEqual([]);
  expect(hooks[0]).toMatchObject({ id: 'seaworthy', language: 'node', pass_filenames: false });
});

test('the hook runs for files that the verdict hangs on, and for no others', () => {
  // Python's verbose flag, which JavaScript has not.
  const pattern = new RegExp((hooks[0]?.files ?? '').replace('(?x)', '').replace(/\s/g, ''));
  for (const file of [
    ...['Dockerfile', 'api/Dockerfile', 'Dockerfile.prod', 'api.Dockerfile', 'a/b.dockerfile', 'Containerfile'],
    ...['compose.yaml', 'x/docker-compose.yml', 'compose.prod.yaml', 'docker-compose.override.yml'],
    ...['.dockerignore', 'api/.dockerignore', 'Dockerfile.dockerignore', '.env', '.env.production'],
  ])
    expect(pattern.test(file), file).toBe(true);
  for (const file of ['README.md', 'src/compose.ts', 'values.yaml', 'mycompose.yaml.bak', 'env', 'package.json'])
    expect(pattern.test(file), file).toBe(false);
});

test('the action names real flags and real values', () => {
  expect(action.runs.using).toBe('composite');
  const named = action.runs.steps.flatMap(({ run }) => flagsIn(run.replace(/npm ci.*/g, '')));
  expect(new Set(named)).toEqual(new Set(['format', 'fail-on']));
  for (const flag of named) expect(Object.keys(check.flags)).toContain(flag);
  for (const name of ['format', 'fail-on'] as const) {
    const { description = '', default: fallback = '' } = action.inputs[name] ?? {};
    const listed = [...description.matchAll(/[a-z]+(?=(?: \([a-z]+\))?[,.])/g)].map(([word]) => word);
    const known = check.flags[name]?.oneOf ?? [];
    expect(known).toContain(fallback);
    for (const word of listed) expect(known).toContain(word);
    expect(listed.length).toBeGreaterThan(4);
  }
  expect(action.inputs['fail-on']?.default).toBe(check.flags['fail-on']?.default);
});

test('every input is used, and only by way of a variable', () => {
  const values = action.runs.steps.flatMap(({ env }) => Object.values(env));
  for (const name of Object.keys(action.inputs)) expect(values).toContain(`\${{ inputs.${name} }}`);
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  expect(Object.values(action.outputs).map(({ value }) => value)).toEqual(['${{ steps.check.outputs.exit-code }}']);
});

let place: string;
beforeAll(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-action-'));
  fs.mkdirSync(path.join(place, 'action/dist'), { recursive: true });
  // Tells what it was called with, and ends as it is told to.
  fs.writeFileSync(
    path.join(place, 'action/dist/seaworthy.cjs'),
    'console.log(JSON.stringify(process.argv.slice(2)));\n' +
      'process.exitCode = process.argv.includes("never") ? 0 : Number(process.env.WANTED);\n',
  );
});
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

/** Runs the step as GitHub does, with the inputs in its environment. */
function runStep(inputs: Readonly<Record<string, string>>, wanted: number) {
  const step = action.runs.steps.find(({ id }) => id === 'check');
  if (!step) throw new Error('there is no step "check"');
  for (const file of ['summary', 'output', 'report']) fs.rmSync(path.join(place, file), { force: true });
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    WANTED: String(wanted),
    GITHUB_STEP_SUMMARY: path.join(place, 'summary'),
    GITHUB_OUTPUT: path.join(place, 'output'),
  };
  for (const [name, value] of Object.entries(step.env)) {
    const input = /inputs\.([a-z-]+)/.exec(value)?.[1];
    env[name] =
      input === undefined ? path.join(place, 'action') : (inputs[input] ?? action.inputs[input]?.default ?? '');
  }
  const script = path.join(place, 'step.sh');
  fs.writeFileSync(script, step.run);
  const run = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: place,
    env,
    encoding: 'utf8',
  });
  const kept = (file: string) => {
    const found = path.join(place, file);
    return fs.existsSync(found) ? fs.readFileSync(found, 'utf8') : '';
  };
  return { code: run.status, log: run.stdout, error: run.stderr, kept };
}

test.skipIf(!hasBash)('the action: findings fail the step after the summary is written', () => {
  const { code, log, error, kept } = runStep({}, 1);
  expect(error).toBe('');
  expect(code).toBe(1);
  expect(JSON.parse(log)).toEqual(['check', '--format', 'github', '--fail-on', 'medium', '--', '.']);
  expect(JSON.parse(kept('summary'))).toEqual(['check', '--format', 'markdown', '--fail-on', 'never', '--', '.']);
  expect(kept('output')).toBe('exit-code=1\n');
});

test.skipIf(!hasBash)('the action: inputs are values, whatever they hold', () => {
  const { code, log, kept } = runStep({ path: 'a b\n$(touch pwned)\n\n-x;ls', output: 'report', summary: 'false' }, 0);
  expect(code).toBe(0);
  expect(log).toBe('');
  expect(JSON.parse(kept('report')).slice(5)).toEqual(['--', 'a b', '$(touch pwned)', '-x;ls']);
  expect(kept('summary')).toBe('');
  expect(fs.existsSync(path.join(place, 'pwned'))).toBe(false);
  expect(kept('output')).toBe('exit-code=0\n');
});

test.skipIf(!hasBash)('the action: misuse comes out as it is, without a summary', () => {
  const { code, kept } = runStep({}, 2);
  expect(code).toBe(2);
  expect(kept('summary')).toBe('');
  expect(kept('output')).toBe('exit-code=2\n');
});
