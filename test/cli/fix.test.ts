import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildProgram, type Program } from './program.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterAll(() => program.remove());

const compose = `version: "3.8"
services:
  db:
    image: postgres:17.2 # as in production
    environment:
      POSTGRES_PASSWORD: correct-horse-battery
`;
const mended = (text: string) => text.replace('version: "3.8"\n', '');
const only = ['--only', 'compose/obsolete-version'];
const read = (directory: string, name = 'compose.yaml') => fs.readFileSync(path.join(directory, name), 'utf8');

function git(directory: string, ...args: readonly string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
  const { status, stderr } = spawnSync('git', [...who, ...args], { cwd: directory, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

describe('what is written', () => {
  test('the file that changes, and no other', () => {
    const cwd = program.directory({ 'compose.yaml': compose, 'note.txt': 'x' });
    const { status, stdout, stderr } = program.run(['fix', ...only], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(read(cwd)).toBe(mended(compose));
    expect(fs.readdirSync(cwd).sort()).toEqual(['compose.yaml', 'note.txt']);
    expect(stdout).toBe(
      '✓ Mended 1 finding in 1 file\n\ncompose.yaml\n  Remove the obsolete version\n\nOf what was asked for, nothing remains; seaworthy check tells of all.\n',
    );
  });

  test('a new secret for its owner only, and nobody is told of it', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { stdout, stderr } = program.run(['fix', '--review', '--only', 'compose/secret-in-environment'], { cwd });
    const made = path.join(cwd, 'secrets/postgres_password.txt');
    expect(fs.readFileSync(made, 'utf8')).toContain('correct-horse-battery');
    if (process.platform !== 'win32') expect(fs.statSync(made).mode & 0o777).toBe(0o600);
    expect(read(cwd)).not.toContain('correct-horse-battery');
    expect(stdout + stderr).not.toContain('correct-horse-battery');
  });

  test('a second run changes nothing', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    program.run(['fix', '--review'], { cwd });
    const once = read(cwd);
    expect(once).not.toBe(compose);
    const { stdout } = program.run(['fix', '--review'], { cwd });
    expect(stdout).toContain('Nothing was mended.');
    expect(read(cwd)).toBe(once);
  });

  test('carriage returns, a byte order mark and the missing last line end stay', () => {
    const odd = `\ufeff${compose.trimEnd().replaceAll('\n', '\r\n')}`;
    const cwd = program.directory({ 'compose.yaml': odd });
    expect(program.run(['fix', ...only], { cwd }).status).toBe(0);
    expect(read(cwd)).toBe(odd.replace('version: "3.8"\r\n', ''));
  });

  test('not a file with bytes that are no UTF-8', () => {
    const cwd = program.directory({});
    const bytes = Buffer.concat([Buffer.from(compose), Buffer.from([0x23, 0xff, 0xfe, 0x0a])]);
    fs.writeFileSync(path.join(cwd, 'compose.yaml'), bytes);
    program.run(['fix', ...only], { cwd });
    expect(fs.readFileSync(path.join(cwd, 'compose.yaml')).equals(bytes)).toBe(true);
  });

  test('what is unsafe only with --review, which names the drill', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const logs = ['fix', '--only', 'compose/unbounded-logs'];
    const safe = program.run(logs, { cwd });
    expect({ status: safe.status, text: read(cwd) }).toEqual({ status: 1, text: compose });
    expect(safe.stdout).toContain('next: seaworthy fix --review --dry-run');
    const review = program.run([...logs, '--review'], { cwd });
    expect(review.status).toBe(0);
    expect(review.stdout).toContain('drill: log-flood');
    expect(read(cwd)).toContain('max-size: 10m');
  });

  test('only for the service that is named', () => {
    const two = `${mended(compose)}  queue:\n    image: redis:7.4.1\n`;
    const cwd = program.directory({ 'compose.yaml': two });
    program.run(['fix', '--review', '--only', 'compose/unbounded-logs', '--service', 'queue'], { cwd });
    const [db = '', queue = ''] = read(cwd).split('queue:');
    expect(db).toMatch(
      /services:\n {2}db:\n {4}image: \S+ # as in production\n {4}environment:\n {6}POSTGRES_PASSWORD: \S+\n/,
    );
    expect(db.split('services:')[1]).not.toContain('logging');
    expect(queue).toContain('logging');
  });

  test('--style cache-mounts', () => {
    const cwd = program.directory({ Dockerfile: 'FROM python:3.13-slim\nRUN pip install flask==3.1.0\n' });
    program.run(['fix', '--only', 'dockerfile/pip-cache', '--style', 'cache-mounts'], { cwd });
    expect(read(cwd, 'Dockerfile')).toContain('RUN --mount=type=cache,target=/root/.cache/pip pip install');
  });

  test('a Dockerfile of two projects once, with what both want', () => {
    const service = 'services:\n  a:\n    build:\n      context: ../shared\n';
    const cwd = program.directory({
      'one/compose.yaml': `version: "3"\n${service}`,
      'two/compose.yaml': `version: "3"\n${service}`,
      'shared/Dockerfile': 'FROM alpine:3.22\nUSER nobody\n',
    });
    const { stdout } = program.run(['fix', 'one', 'two', ...only], { cwd });
    expect(stdout).toContain('Mended 2 findings in 2 files');
    expect([read(cwd, 'one/compose.yaml'), read(cwd, 'two/compose.yaml')]).toEqual([service, service]);
  });

  test('a file that two projects name is changed once', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { stdout, status } = program.run(['fix', '.', 'compose.yaml', ...only], { cwd });
    expect({ status, text: read(cwd) }).toEqual({ status: 0, text: mended(compose) });
    expect(stdout).toContain('Mended 1 finding in 1 file');
  });
});

describe('what is only shown', () => {
  test('--dry-run prints a diff that git apply takes, and writes nothing', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { status, stdout, stderr } = program.run(['fix', '--dry-run', ...only], { cwd });
    expect({ status, text: read(cwd) }).toEqual({ status: 0, text: compose });
    expect(stdout).toBe(`diff --git a/compose.yaml b/compose.yaml
--- a/compose.yaml
+++ b/compose.yaml
@@ -1,4 +1,3 @@
-version: "3.8"
 services:
   db:
     image: postgres:17.2 # as in production
`);
    expect(stderr).toContain('Would mend 1 finding');
    fs.writeFileSync(path.join(cwd, 'p.diff'), stdout);
    git(cwd, 'apply', 'p.diff');
    expect(read(cwd)).toBe(mended(compose));
  });

  test('in colour where that is asked for', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { stdout } = program.run(['fix', '--dry-run', '--color', 'always', ...only], { cwd });
    expect(stdout).toContain('\u001b[31m-version: "3.8"\u001b[0m');
  });

  test.each([
    ['text', []],
    ['JSON', ['--format', 'json']],
    ['a diff', ['--dry-run']],
  ])('no secret in %s', (_, flags) => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { stdout, stderr } = program.run(['fix', '--review', '--allow-dirty', ...flags], { cwd });
    expect(stdout).not.toBe('');
    expect(stdout + stderr).not.toContain('correct-horse-battery');
  });

  test('JSON by its schema', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { stdout } = program.run(['fix', '--format', 'json', '--review'], { cwd });
    const schema = JSON.parse(
      fs.readFileSync(path.resolve(import.meta.dirname, '../../schema/fix-1.schema.json'), 'utf8'),
    );
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    const report = JSON.parse(stdout);
    validate(report);
    expect(validate.errors).toBe(null);
    expect(report.files[0]).toEqual({ file: 'compose.yaml', new: false });
    expect(report.applied.length).toBeGreaterThan(3);
    expect(read(cwd)).not.toBe(compose);
  });
});

describe('standard input', () => {
  test('comes out mended, and the report beside it', () => {
    const { status, stdout, stderr } = program.run(['fix', '-', ...only], { input: compose });
    expect({ status, stdout }).toEqual({ status: 0, stdout: mended(compose) });
    expect(stderr).toContain('Mended 1 finding');
  });

  test('comes out as it was where nothing is mended', () => {
    const text = 'FROM scratch\nCOPY app /\n';
    expect(program.run(['fix', '-', '--only', 'dockerfile/maintainer'], { input: text }).stdout).toBe(text);
  });
});

describe('what Git could not give back', () => {
  test.each([
    ['never added', () => {}],
    ['staged', (cwd: string) => git(cwd, 'add', '.')],
    [
      'changed',
      (cwd: string) => {
        git(cwd, 'add', '.');
        git(cwd, 'commit', '-qm', 'a');
        fs.appendFileSync(path.join(cwd, 'compose.yaml'), '# mine\n');
      },
    ],
  ])('is left alone: %s', (_, prepare) => {
    const cwd = program.directory({ 'compose.yaml': compose });
    git(cwd, 'init', '-q');
    prepare(cwd);
    const before = read(cwd);
    const { status, stderr } = program.run(['fix', ...only], { cwd });
    expect({ status, text: read(cwd) }).toEqual({ status: 2, text: before });
    expect(stderr).toContain('[uncommitted]');
    expect(stderr).toContain('--allow-dirty');
    expect(program.run(['fix', ...only, '--allow-dirty'], { cwd }).status).toBe(0);
    expect(read(cwd)).toBe(mended(before));
  });

  test('a committed file is mended', () => {
    const cwd = program.directory({ 'sub/compose.yaml': compose });
    git(cwd, 'init', '-q');
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-qm', 'a');
    expect(program.run(['fix', 'sub', ...only], { cwd }).status).toBe(0);
    expect(read(cwd, 'sub/compose.yaml')).toBe(mended(compose));
  });
});

describe('--interactive', () => {
  const assume = { SEAWORTHY_TERMINAL: 'assume' };
  const asked = (input: string, ...flags: string[]) => {
    const cwd = program.directory({ 'compose.yaml': `${compose}  queue:\n    image: redis:7.4.1\n` });
    const rules = ['--only', 'compose/obsolete-version,compose/unbounded-logs'];
    const ran = program.run(['fix', '--interactive', '--review', ...rules, ...flags], { cwd, input, env: assume });
    return { ...ran, text: read(cwd) };
  };

  test('asks with the reason and the hunk', () => {
    const { stderr } = asked('q\n');
    expect(stderr).toContain('The top-level "version" is obsolete');
    expect(stderr).toContain('-version: "3.8"');
    expect(stderr).toContain('Remove the obsolete version? [y,n,a,q,?]');
  });

  test('no and yes count for one each', () => {
    const { text, stdout } = asked('n\ny\nn\n');
    expect(text).toContain('version: "3.8"');
    expect(text.match(/max-size/g)).toHaveLength(1);
    expect(stdout).toContain('Left to you: you left it as it is');
  });

  test('all counts for a rule', () => {
    const { text } = asked('n\na\n');
    expect(text).toContain('version: "3.8"');
    expect(text.match(/^ {4}logging:/gm)).toHaveLength(2);
  });

  test('quitting keeps what was said, and so does the end of the answers', () => {
    for (const input of ['y\nq\n', 'y\n']) {
      const { text } = asked(input);
      expect(text).not.toContain('version');
      expect(text).not.toContain('max-size');
    }
  });

  test('an unknown answer explains itself and asks again', () => {
    expect(asked('what\ny\n').stderr).toContain('q  no more questions');
  });

  test('is refused where nobody can answer', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { status, stderr } = program.run(['fix', '--interactive'], { cwd, input: 'y\ny\ny\n' });
    expect({ status, text: read(cwd) }).toEqual({ status: 2, text: compose });
    expect(stderr).toContain('needs a terminal');
  });
});

describe('exit codes', () => {
  test.each([
    [['--only', 'compose/unbounded-logs'], 1],
    [['--only', 'compose/unbounded-logs', '--fail-on', 'critical'], 0],
    [['--only', 'compose/unbounded-logs', '--fail-on', 'never'], 0],
    [['--only', 'compose/obsolete-versio'], 2],
    [['--service', 'nobody'], 2],
    [['--format', 'xml'], 2],
    [['-', 'compose.yaml'], 2],
    [['gone'], 3],
  ])('%j gives %i', (args, expected) => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { status } = program.run(['fix', ...args], { cwd });
    expect(status).toBe(expected);
  });
});

describe('check shows how findings are mended', () => {
  test('in JSON: a fix with its edits, or why there is none', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { stdout } = program.run(['check', '--format', 'json'], { cwd });
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; fix?: object; left?: string }[] };
    expect(findings.find(({ rule }) => rule === 'compose/obsolete-version')?.fix).toMatchObject({
      safety: 'safe',
      edits: [{ span: { file: 'compose.yaml', start: 0 }, text: '' }],
    });
    const schema = JSON.parse(
      fs.readFileSync(path.resolve(import.meta.dirname, '../../schema/verdict-1.schema.json'), 'utf8'),
    );
    const validate = new Ajv2020({ strict: true, allErrors: true, validateFormats: false }).compile(schema);
    validate(JSON.parse(stdout));
    expect(validate.errors).toBe(null);
    expect(stdout).not.toContain('correct-horse-battery');
  });

  test('in SARIF', () => {
    const cwd = program.directory({ 'compose.yaml': compose });
    const { stdout } = program.run(['check', '--format', 'sarif'], { cwd });
    const [run] = JSON.parse(stdout).runs;
    expect(run.results.some((result: { fixes?: unknown[] }) => result.fixes?.length === 1)).toBe(true);
    expect(stdout).not.toContain('correct-horse-battery');
  });
});

test('a directory with several projects below: each is mended', () => {
  const cwd = program.directory({ 'one/compose.yaml': compose, 'two/compose.yaml': compose });
  const { status, stdout } = program.run(['fix', ...only], { cwd });
  expect(status).toBe(0);
  expect([read(cwd, 'one/compose.yaml'), read(cwd, 'two/compose.yaml')]).toEqual([mended(compose), mended(compose)]);
  expect(stdout).toContain('one/compose.yaml\n  Remove the obsolete version');
  expect(stdout).toContain('two/compose.yaml\n  Remove the obsolete version');
});
