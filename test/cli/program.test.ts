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

const compose = `services:
  web:
    image: nginx:latest
    ports: ["80:80"]
  api:
    build: ./api
`;
const dockerfile = 'FROM node:22-alpine\nCOPY . .\nCMD npm start\n';
const project = { 'compose.yaml': compose, 'api/Dockerfile': dockerfile };
/** A clean one: nothing of medium severity or above is said of it. */
const clean = {
  Dockerfile: `FROM scratch
COPY --chown=65532:65532 app /app
USER 65532:65532
HEALTHCHECK CMD ["/app", "health"]
ENTRYPOINT ["/app"]
`,
  '.dockerignore': '*\n!app\n',
  app: 'x',
};
const json = (stdout: string) => JSON.parse(stdout);
const rulesIn = (stdout: string): string[] => json(stdout).findings.map((finding: { rule: string }) => finding.rule);

describe('help and version', () => {
  test.each([[[]], [['--help']], [['-h']], [['help']]])('%j is the program’s help', (args) => {
    const { status, stdout, stderr } = program.run(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Usage: seaworthy COMMAND');
    for (const name of ['check', 'explain', 'rules']) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  test.each([[['check', '--help']], [['check', '-h']], [['help', 'check']]])('%j is the command’s', (args) => {
    const { status, stdout } = program.run(args);
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: seaworthy check');
    expect(stdout).toContain('--fail-on SEVERITY');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  });

  test.each(['--version', '-V', 'version'])('%s', (flag) => {
    const { status, stdout } = program.run([flag]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${manifestVersion()}\n` });
  });
});

function manifestVersion(): string {
  const manifest: { version: string } = json(
    fs.readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'),
  );
  return manifest.version;
}

describe('misuse is 2, says what, and what to try', () => {
  test.each([
    [['chekc'], 'usage', 'Did you mean check?'],
    [['frobnicate'], 'usage', 'seaworthy --help'],
    [['__proto__'], 'usage', 'seaworthy --help'],
    [['check', '--frobnicate'], 'usage', 'seaworthy check --help'],
    [['check', '--format', 'xml'], 'usage', '--format takes text, json'],
    [['check', '--fail-on', 'bad'], 'usage', '--fail-on takes critical, high, medium, low, never'],
    [['check', '--color', 'red'], 'usage', '--color takes'],
    [['check', '--env', 'NOVALUE'], 'usage', 'NAME=VALUE'],
    [['check', '--today', 'tomorrow'], 'usage', '2026-11-21'],
    [['check', '-f', 'a.yaml', '.'], 'usage', 'not both'],
    [['check', '--only', 'compose/unbounded-log'], 'unknown-rule', 'Did you mean compose/unbounded-logs?'],
    [['check', '--only', 'nothing-like-it-at-all'], 'unknown-rule', 'seaworthy rules'],
    [['check', '--enable', 'XX9999'], 'unknown-rule', 'seaworthy rules'],
    [['explain'], 'usage', 'service:NAME'],
    [['explain', 'compose/unbounded-log'], 'unknown-rule', 'Did you mean'],
    [['explain', 'service:wep'], 'unknown-service', 'api'],
  ])('%j', (args, code, hint) => {
    const cwd = program.directory(project);
    const { status, stdout, stderr } = program.run(args, { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });
});

describe('exit codes', () => {
  test('0: nothing at or above the threshold', () => {
    const cwd = program.directory(clean);
    const { status, stdout } = program.run(['check'], { cwd });
    expect({ status, stdout }).toMatchObject({ status: 0 });
  });

  test('1: findings', () => {
    expect(program.run(['check'], { cwd: program.directory(project) }).status).toBe(1);
  });

  test('--fail-on moves the threshold', () => {
    const cwd = program.directory(project);
    expect(program.run(['check', '--fail-on', 'never'], { cwd }).status).toBe(0);
    expect(program.run(['check', '--fail-on=low'], { cwd }).status).toBe(1);
    const only = ['check', '--only', 'compose/unbounded-logs'];
    expect(program.run([...only, '--fail-on', 'critical'], { cwd }).status).toBe(0);
  });

  test('3: nothing to look at', () => {
    const cwd = program.directory({ 'README.md': '# x\n' });
    for (const args of [['check'], ['check', 'nowhere'], ['check', '-f', 'nowhere.yaml'], ['explain', 'service:x']]) {
      const { status, stderr } = program.run(args, { cwd });
      expect({ args, status }).toEqual({ args, status: 3 });
      expect(stderr).toContain('[no-project]');
    }
  });

  test('130: interrupted, also while it waits for standard input', async () => {
    const { code, signal } = await program.interrupted(['check', '-'], 'SIGINT');
    // A shell makes 130 of either.
    expect(code ?? signal).toBe('SIGINT');
  });
});

describe('what is judged', () => {
  test('standard input: a Dockerfile', () => {
    const { status, stdout } = program.run(['check', '-', '--format', 'json'], { input: 'FROM node:latest\n' });
    expect(status).toBe(1);
    expect(json(stdout).files).toEqual(['Dockerfile']);
  });

  test('standard input: a Compose file', () => {
    const { stdout } = program.run(['check', '-', '--format=json'], { input: compose });
    expect(json(stdout).files).toEqual(['compose.yaml']);
    expect(rulesIn(stdout)).toContain('compose/unbounded-logs');
  });

  test('-f twice merges', () => {
    const cwd = program.directory({
      'a.yaml': 'services:\n  web: { image: "nginx:1.27" }\n',
      'b.yaml': 'services:\n  web: { privileged: true }\n',
    });
    const both = program.run(['check', '-f', 'a.yaml', '-f', 'b.yaml', '--format', 'json'], { cwd });
    expect(json(both.stdout).files).toEqual(['a.yaml', 'b.yaml']);
    expect(json(both.stdout).services).toHaveLength(1);
    const [found] = json(both.stdout).findings.filter(({ rule }: { rule: string }) => rule === 'compose/privileged');
    expect(found).toMatchObject({ file: 'b.yaml', span: { start: { line: 2 } } });
  });

  test('--profile, --env-file, --env and -p', () => {
    const cwd = program.directory({
      'compose.yaml':
        'services:\n  web: { image: "nginx:${TAG}" }\n  tool: { image: "x:${OTHER:-none}", profiles: [debug] }\n',
      'prod.env': 'TAG=1.27\n',
    });
    const args = ['--env-file', 'prod.env', '-e', 'OTHER=7', '--profile', 'debug', '-p', 'mine'];
    const { stdout, stderr } = program.run(['check', '--format', 'json', ...args], { cwd });
    expect(stderr).toBe('');
    expect(json(stdout).services.map(({ image }: { image: string }) => image)).toEqual(['nginx:1.27', 'x:7']);
  });

  test('the caller’s own environment is not used', () => {
    const cwd = program.directory({ 'compose.yaml': 'services:\n  web: { image: "nginx:${TAG:-none}" }\n' });
    const { stdout } = program.run(['check', '--format', 'json'], {
      cwd,
      env: { TAG: '9', COMPOSE_FILE: 'nowhere.yaml' },
    });
    expect(json(stdout).services[0].image).toBe('nginx:none');
  });

  test('--only by id, by name, by another tool’s id, several at once', () => {
    const cwd = program.directory(project);
    const rules = (only: string) => [
      ...new Set(rulesIn(program.run(['check', '--format=json', '--only', only], { cwd }).stdout)),
    ];
    expect(rules('compose/unbounded-logs')).toEqual(['compose/unbounded-logs']);
    expect(rules('unbounded-logs')).toEqual(['compose/unbounded-logs']);
    expect(rules('DL3025').sort()).toEqual(rules('hadolint:dl3025').sort());
    expect(rules('compose/unbounded-logs, compose/floating-image').length).toBe(2);
  });

  test('a path outside of the current directory', () => {
    const cwd = program.directory();
    const other = program.directory(project);
    const place = path.relative(cwd, other);
    const { stdout } = program.run(['check', place, '--format', 'json'], { cwd });
    expect(json(stdout).files).toEqual([`${place}/api/Dockerfile`, `${place}/compose.yaml`]);
    for (const finding of json(stdout).findings) expect(finding.file.startsWith(`${place}/`)).toBe(true);
    expect(JSON.stringify(json(stdout).services)).toContain(`"from":"${place}/compose.yaml:`);
    const text = program.run(['check', place], { cwd }).stdout;
    // The source line is found under the longer name too.
    expect(text).toContain('image: nginx:latest');
  });

  test('two directories at once', () => {
    const cwd = program.directory({ 'a/Dockerfile': dockerfile, 'b/compose.yaml': compose });
    const { stdout } = program.run(['check', 'a', 'b', '--format', 'json'], { cwd });
    expect(json(stdout).files).toEqual(['a/Dockerfile', 'b/compose.yaml']);
    const ids = json(stdout).checklists.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('a Dockerfile by any name', () => {
    const cwd = program.directory({ 'build/image.txt': dockerfile });
    expect(json(program.run(['check', 'build/image.txt', '--format=json'], { cwd }).stdout).files).toEqual([
      'build/image.txt',
    ]);
  });
});

describe('formats', () => {
  test('json is what the schema says', () => {
    const schema = json(
      fs.readFileSync(path.resolve(import.meta.dirname, '../../schema/verdict-1.schema.json'), 'utf8'),
    );
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const binary = { Dockerfile: 'x\0y' };
    const projects: Record<string, string>[] = [project, clean, { Dockerfile: '' }, { 'compose.yaml': 'a: [' }, binary];
    for (const files of projects) {
      const { stdout } = program.run(['check', '--format', 'json'], { cwd: program.directory(files) });
      const isValid = validate(json(stdout));
      expect(validate.errors ?? []).toEqual([]);
      expect(isValid).toBe(true);
    }
  });

  test('--checklist prints the seven lists', () => {
    const { stdout } = program.run(['check', '--checklist'], { cwd: program.directory(project) });
    for (let number = 1; number <= 7; number++) expect(stdout).toContain(`CHK${number}.1`);
  });

  test('rules as text and as JSON', () => {
    const listed = json(program.run(['rules', '--format', 'json']).stdout);
    expect(listed.length).toBeGreaterThan(20);
    const text = program.run(['rules']).stdout;
    for (const { id } of listed) expect(text).toContain(id.slice(id.indexOf('/') + 1));
  });
});

describe('explain', () => {
  const explain = (subject: string, ...more: string[]) =>
    program.run(['explain', subject, ...more], { cwd: program.directory(project) });

  test.each([
    ['compose/unbounded-logs', 'compose/unbounded-logs'],
    ['DL3025', 'dockerfile/shell-form-command'],
    ['hadolint:DL3025', 'dockerfile/shell-form-command'],
    ['RUN9', 'RUN9'],
    ['run9', 'RUN9'],
  ])('%s', (subject, text) => {
    const { status, stdout, stderr } = explain(subject);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(text);
  });

  test('a service, with where each setting comes from', () => {
    const { status, stdout } = explain('service:api');
    expect(status).toBe(0);
    expect(stdout).toContain('npm start');
    expect(stdout).toContain('api/Dockerfile:3');
    expect(stdout).toContain('node:22-alpine');
  });

  test('a service of another directory', () => {
    const place = program.directory(project);
    const { status, stdout } = program.run(['explain', 'service:web', place]);
    expect(status).toBe(0);
    expect(stdout).toContain('nginx:latest');
  });
});

describe('the terminal', () => {
  const colored = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    program.run(['check', ...args], { cwd: program.directory(project), env }).stdout.includes('\u001B[');

  test.each<[readonly string[], Record<string, string>, boolean]>([
    [[], {}, false],
    [['--color', 'always'], {}, true],
    [['--color', 'always'], { NO_COLOR: '1' }, true],
    [['--color', 'never'], { FORCE_COLOR: '1' }, false],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '0' }, false],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [[], { NO_COLOR: '' }, false],
  ])('%j %j: %s', (args, env, expected) => {
    expect(colored(args, env)).toBe(expected);
  });

  test('plain ASCII where the locale has no more', () => {
    const { stdout } = program.run(['check'], { cwd: program.directory(project), env: { LC_ALL: 'C' } });
    expect(stdout).toMatch(/^[\x00-\x7F]*$/);
  });

  test('a reader that stops early is no error', () => {
    const cwd = program.directory({
      'compose.yaml': `services:\n${Array.from({ length: 300 }, (_, at) => `  s${at}: { image: nginx }\n`).join('')}`,
    });
    const { stdout, stderr } = program.shell('$SEAWORTHY check --verbose --format json | head -1', cwd);
    expect({ stdout, stderr }).toEqual({ stdout: '{\n', stderr: '' });
  });

  test('escape sequences of a file do not reach it', () => {
    const cwd = program.directory({ Dockerfile: 'FROM alpine:\u001B[31mred\u001B[0m\nRUN \u001B]0;title\u0007\n' });
    for (const args of [['check'], ['check', '--format', 'json'], ['check', '--checklist']])
      expect(program.run(args, { cwd }).stdout).not.toMatch(/[\u001B\u0007]/);
  });

  test('what it does on two runs is the same', () => {
    const cwd = program.directory(project);
    const args = ['check', '--format', 'json', '--today', '2026-11-21'];
    expect(program.run(args, { cwd }).stdout).toBe(program.run(args, { cwd }).stdout);
  });
});
