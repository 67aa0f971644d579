import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildProgram, type Program } from '../program.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

/** A monorepo with all that may differ: projects, lone Dockerfiles, shared and own configuration, secrets, faults. */
function monorepo(): Record<string, string> {
  const files: Record<string, string> = {
    'seaworthy.yaml': 'ignore:\n  - { rule: compose/unbounded-logs, service: db, reason: rotated by the host }\n',
    'common/db.yaml': 'services:\n  db:\n    image: postgres:17\n',
  };
  for (let number = 0; number < 9; number++) {
    const place = `apps/app-${number}`;
    files[`${place}/compose.yaml`] =
      `include: [../../common/db.yaml]\nservices:\n  web:\n    build: .\n    ports: ["80:80"]\n    environment:\n      API_TOKEN: sk_live_4eC39HqLyjWDarjtT1z${number}\n`;
    files[`${place}/Dockerfile`] = 'FROM node:22\nCOPY . .\nCMD npm start\n';
    files[`${place}/.env`] = `PASSWORD=correct-horse-${number}\n`;
  }
  files['apps/app-3/seaworthy.yaml'] = 'fail-on: never\nignored: true\n';
  for (let number = 0; number < 120; number++)
    files[`images/${100 + number}/Dockerfile`] =
      `FROM ubuntu\n# hadolint ignore=DL3008\nRUN apt-get install curl${number}\nENV PASSWORD=hunter${number}hunter\n`;
  return files;
}

describe('a check by several threads', () => {
  test.each([
    [[]],
    [['--verbose']],
    [['--format', 'json']],
    [['--format', 'html']],
    [['--format', 'sarif']],
    [['--only', 'project/unused-suppression,compose/unbounded-logs']],
  ])('%j says the same, byte for byte', (flags) => {
    const cwd = program.directory(monorepo());
    const said = ['1', '4'].map((jobs) =>
      program.run(['check', '--today', '2026-11-21', '--jobs', jobs, ...flags], { cwd }),
    );
    expect(said[0]?.stdout.length).toBeGreaterThan(500);
    expect(said[0]?.stderr).toBe('');
    expect(said[1]).toEqual(said[0]);
  });

  test('a baseline written by several threads is the one of a single one', () => {
    const cwd = program.directory(monorepo());
    program.run(['check', '--jobs', '1', '--write-baseline', 'one.json'], { cwd });
    program.run(['check', '--jobs', '3', '--write-baseline', 'three.json'], { cwd });
    expect(program.shell('cmp one.json three.json && wc -c < one.json', cwd)).toMatchObject({ status: 0, stderr: '' });
    expect(program.run(['check', '--jobs', '3', '--baseline', 'one.json'], { cwd }).status).toBe(0);
  });

  test('no secret gets out by the other way', () => {
    const cwd = program.directory(monorepo());
    const { stdout } = program.run(['check', '--jobs', '4', '--verbose'], { cwd });
    expect(stdout).not.toMatch(/sk_live_4eC39|hunter\d+hunter/);
  });

  test('an error is the same error', () => {
    const cwd = program.directory(monorepo());
    const said = ['1', '3'].map((jobs) => program.run(['check', '--jobs', jobs, '--config', 'nowhere.yaml'], { cwd }));
    expect(said[0]).toMatchObject({ status: 2, stderr: expect.stringContaining('[bad-config]') });
    expect(said[1]).toEqual(said[0]);
  });

  test.each(['0', '-1', 'many', '1.5', ''])('--jobs=%s is refused', (jobs) => {
    const { status, stderr } = program.run(['check', `--jobs=${jobs}`], { cwd: program.directory(monorepo()) });
    expect(status).toBe(2);
    expect(stderr).toContain('[usage]');
  });

  test('a worker that ends is a named failure, and no hang', () => {
    const cwd = program.directory(monorepo());
    const hook = 'require("worker_threads").isMainThread||process.exit(9)';
    const place = program.directory({ 'hook.cjs': hook });
    const { status, stdout } = program.run(['check', '--jobs', '2'], {
      cwd,
      env: { NODE_OPTIONS: `--require ${place}/hook.cjs` },
    });
    expect(status).toBe(4);
    expect(stdout).toContain('A worker ended while it judged');
    expect(stdout).toContain('code 9');
  });
});

describe('a check of many projects', () => {
  test('paths begin where the user stands', () => {
    const cwd = program.directory({
      'apps/a/compose.yaml': 'services:\n  x:\n    image: a\n',
      'apps/b/Dockerfile': 'FROM b\n',
    });
    const fields = (args: string[]) => JSON.parse(program.run(['check', '--format', 'json', ...args], { cwd }).stdout);
    expect(fields([]).files).toEqual(['apps/a/compose.yaml', 'apps/b/Dockerfile']);
    expect(fields(['apps']).files).toEqual(['apps/a/compose.yaml', 'apps/b/Dockerfile']);
    expect(fields(['apps']).findings[0]).toMatchObject({ project: 'apps/a', service: 'x' });
    expect(fields(['apps/a']).findings[0]).not.toHaveProperty('project');
    expect(fields(['apps', 'apps/a', 'apps/b/Dockerfile']).files).toEqual(['apps/a/compose.yaml', 'apps/b/Dockerfile']);
  });

  test('-f is one project', () => {
    const cwd = program.directory({
      'a/compose.yaml': 'services:\n  x:\n    image: a\n',
      'b/compose.yaml': 'services:\n  y:\n    image: b\n',
    });
    const { stdout } = program.run(['check', '-f', 'a/compose.yaml', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout).files).toEqual(['a/compose.yaml']);
  });

  test('services of one name in several projects are told apart', () => {
    const text = 'services:\n  db:\n    image: postgres\n';
    const cwd = program.directory({ 'a/compose.yaml': text, 'b/compose.yaml': text });
    const { stdout } = program.run(['check'], { cwd });
    expect(stdout).toContain('a/db');
    expect(stdout).toContain('b/db');
    expect(program.run(['explain', 'service:db', 'b'], { cwd }).stdout).toContain('b/compose.yaml:3');
  });
});
