import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { buildProgram, type Program, type Ran } from '../cli/program.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterAll(() => program.remove());

const patienceMs = 10_000;
/** Stands in files outside of the project only. */
const outside = 'S3cret-outside-of-the-project-5521';

const commands: readonly (readonly string[])[] = [
  ['check', '--verbose'],
  ['check', '--format', 'json'],
];

/** Runs the program and the library in a directory; nothing of either may hang, break or show what lies outside. */
async function judged(directory: string) {
  const runs = commands.map((args): Ran => {
    const started = performance.now();
    const ran = program.run(args, { cwd: directory });
    expect(performance.now() - started).toBeLessThan(patienceMs);
    expect(ran.stdout + ran.stderr).not.toContain(outside);
    expect(ran.stderr).not.toMatch(/our bug/);
    return ran;
  });
  const verdict = await check({ directory });
  expect(verdict.failures).toEqual([]);
  expect(JSON.stringify(verdict)).not.toContain(outside);
  return { verdict, status: runs[0]?.status, stdout: runs[0]?.stdout ?? '', stderr: runs[0]?.stderr ?? '' };
}

const rulesIn = (verdict: { findings: readonly { rule: string }[] }) => verdict.findings.map(({ rule }) => rule);

describe('files that cannot be read', () => {
  test('binary ones', async () => {
    const directory = program.directory();
    fs.writeFileSync(path.join(directory, 'Dockerfile'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2]));
    const { verdict, status, stdout, stderr } = await judged(directory);
    expect(verdict.unread).toEqual([{ path: 'Dockerfile', reason: 'is a binary file' }]);
    expect(status).toBe(3);
    expect(stdout).toContain('is a binary file');
    expect(stderr).toContain('[unreadable]');
  });

  test('a binary Compose file', async () => {
    const directory = program.directory();
    fs.writeFileSync(path.join(directory, 'compose.yaml'), Buffer.from([0x73, 0, 0, 0]));
    const { verdict, status } = await judged(directory);
    expect(rulesIn(verdict)).toContain('compose/refused-by-loader');
    expect(verdict.unread.map((one) => one.path)).toEqual(['compose.yaml']);
    expect(status).toBe(3);
  });

  test('broken UTF-8 is judged with replacements, and said', async () => {
    const directory = program.directory();
    fs.writeFileSync(
      path.join(directory, 'Dockerfile'),
      Buffer.from('FROM node:latest\nLABEL a="\xff\xfe"\n', 'latin1'),
    );
    const { verdict, status } = await judged(directory);
    expect(verdict.unread[0]?.reason).toContain('not UTF-8');
    expect(rulesIn(verdict)).toContain('dockerfile/latest-base');
    expect(status).toBe(1);
  });

  test('of 100 MB', async () => {
    const directory = program.directory();
    const line = Buffer.from(`RUN echo ${'x'.repeat(1000)}\n`);
    const megabyte = Buffer.concat(Array.from({ length: 1000 }, () => line));
    for (const name of ['Dockerfile', 'compose.yaml']) {
      const file = fs.openSync(path.join(directory, name), 'w');
      for (let count = 0; count < 100; count++) fs.writeSync(file, megabyte);
      fs.closeSync(file);
    }
    const { verdict, status } = await judged(directory);
    expect(verdict.unread.map((one) => one.path).sort()).toEqual(['Dockerfile', 'compose.yaml']);
    expect(status).toBe(3);
    fs.rmSync(directory, { recursive: true });
  });

  test('a directory called Dockerfile is looked into, not at', async () => {
    const directory = program.directory({ 'Dockerfile/Dockerfile': 'FROM node:latest\n' });
    const { verdict } = await judged(directory);
    expect(verdict.files).toEqual(['Dockerfile/Dockerfile']);
  });

  test('a directory where a build expects its Dockerfile', async () => {
    const directory = program.directory({ 'compose.yaml': 'services:\n  a: { build: . }\n', 'Dockerfile/x': '' });
    const { verdict, status } = await judged(directory);
    expect(verdict.unread).toContainEqual({ path: 'Dockerfile', reason: 'is a directory' });
    expect(status).toBe(1);
  });

  test('a FIFO is not waited for', async () => {
    const directory = program.directory();
    expect(spawnSync('mkfifo', [path.join(directory, 'Dockerfile')]).status).toBe(0);
    const { verdict, status } = await judged(directory);
    expect(verdict.unread).toEqual([{ path: 'Dockerfile', reason: 'is not a regular file' }]);
    expect(status).toBe(3);
    expect(program.run(['check', 'Dockerfile'], { cwd: directory }).status).toBe(3);
  });

  test('a FIFO as env file and ignore file', async () => {
    const directory = program.directory({
      'compose.yaml': 'services:\n  a: { image: x, env_file: pipe.env }\n',
      Dockerfile: 'FROM node:latest\n',
    });
    for (const name of ['pipe.env', '.dockerignore', '.env'])
      expect(spawnSync('mkfifo', [path.join(directory, name)]).status).toBe(0);
    const { verdict, status } = await judged(directory);
    expect(verdict.unread.map((one) => one.path)).toEqual(expect.arrayContaining(['pipe.env', '.dockerignore']));
    expect(status).toBe(1);
  });

  test('a link to nothing', async () => {
    const directory = program.directory();
    fs.symlinkSync('nowhere', path.join(directory, 'Dockerfile'));
    const { verdict, status } = await judged(directory);
    expect(verdict.unread).toEqual([{ path: 'Dockerfile', reason: 'is a link to nothing' }]);
    expect(status).toBe(3);
  });

  test('links in a circle', async () => {
    const directory = program.directory({ 'compose.yaml': 'services:\n  a: { image: x }\n' });
    fs.symlinkSync('b.Dockerfile', path.join(directory, 'a.Dockerfile'));
    fs.symlinkSync('a.Dockerfile', path.join(directory, 'b.Dockerfile'));
    fs.symlinkSync('.', path.join(directory, 'here'));
    const { verdict } = await judged(directory);
    expect(verdict.files).toEqual(['compose.yaml']);
    expect(verdict.unread.map((one) => one.path)).toEqual(['a.Dockerfile', 'b.Dockerfile']);
  });

  test('the rest is judged', async () => {
    const directory = program.directory({ 'web/Dockerfile': 'FROM node:latest\n' });
    fs.writeFileSync(path.join(directory, 'Dockerfile'), Buffer.from([0, 1, 2]));
    const { verdict, status, stdout } = await judged(directory);
    expect(rulesIn(verdict)).toContain('dockerfile/latest-base');
    expect(status).toBe(1);
    expect(stdout).toContain('is a binary file');
  });
});

describe('nothing outside of the project is read', () => {
  /** A place beside the project, as `../elsewhere` or by a link. */
  function withSecrets(files: Readonly<Record<string, string>>): { directory: string; elsewhere: string } {
    const elsewhere = program.directory({
      id_rsa: `${outside}\n`,
      '.env': `TOKEN=${outside}\n`,
      Dockerfile: `FROM alpine\nENV WHAT=${outside}\nRUN echo ${outside}\nBROKEN ${outside}\n`,
      'compose.yaml': `services:\n  other: { image: ${outside}, environment: { WHAT: ${outside} } }\n`,
      'package.json': `{"name":"${outside}"}`,
      'requirements.txt': `${outside}\n`,
      'start.sh': `#!/bin/sh\n${outside}\n`,
    });
    return { directory: program.directory(files), elsewhere };
  }

  test('a Dockerfile that is a link', async () => {
    const { directory, elsewhere } = withSecrets({ 'compose.yaml': 'services:\n  a: { build: . }\n' });
    fs.symlinkSync(path.join(elsewhere, 'Dockerfile'), path.join(directory, 'Dockerfile'));
    const { verdict } = await judged(directory);
    expect(verdict.unread.map((one) => one.path)).toContain('Dockerfile');
  });

  test('a lone Dockerfile that is a link', async () => {
    const { directory, elsewhere } = withSecrets({});
    fs.symlinkSync(path.join(elsewhere, 'Dockerfile'), path.join(directory, 'Dockerfile'));
    const { verdict, status } = await judged(directory);
    expect(verdict.unread).toEqual([
      { path: 'Dockerfile', reason: 'is a link that leads out of the project: not followed' },
    ]);
    expect(status).toBe(3);
  });

  test('a Compose file, its override, .env and env_file that are links', async () => {
    const { directory, elsewhere } = withSecrets({
      'compose.yaml': 'services:\n  a: { image: "x:${TOKEN:-none}", env_file: [secret.env], environment: [TOKEN] }\n',
    });
    for (const [name, to] of [
      ['compose.override.yaml', 'compose.yaml'],
      ['.env', '.env'],
      ['secret.env', '.env'],
    ] as const)
      fs.symlinkSync(path.join(elsewhere, to), path.join(directory, name));
    const { verdict } = await judged(directory);
    expect(verdict.services.map(({ image }) => image)).toEqual(['x:none']);
  });

  test('a build context and a folder that are links', async () => {
    const { directory, elsewhere } = withSecrets({
      'compose.yaml':
        'services:\n  a: { build: ./link }\n  b: { build: { context: ., dockerfile: link/Dockerfile } }\n',
    });
    fs.symlinkSync(elsewhere, path.join(directory, 'link'));
    const { verdict } = await judged(directory);
    expect(verdict.files).toEqual(['compose.yaml']);
  });

  test('files of the build context that are links', async () => {
    const { directory, elsewhere } = withSecrets({
      Dockerfile: 'FROM node:22\nCOPY . .\nRUN pip install -r requirements.txt\nENTRYPOINT ["/start.sh"]\n',
    });
    for (const name of ['package.json', 'requirements.txt', 'start.sh', '.dockerignore'])
      fs.symlinkSync(path.join(elsewhere, name === '.dockerignore' ? 'id_rsa' : name), path.join(directory, name));
    await judged(directory);
  });

  test('absolute paths, and those that climb out', async () => {
    const { directory, elsewhere } = withSecrets({});
    const up = path.relative(directory, elsewhere);
    fs.writeFileSync(
      path.join(directory, 'compose.yaml'),
      `services:
  a: { image: x, env_file: ${elsewhere}/id_rsa }
  b: { build: { context: ., dockerfile: ${elsewhere}/Dockerfile } }
  c: { build: { context: ., dockerfile: ${up}/Dockerfile } }
  d: { image: x, extends: { file: ${elsewhere}/compose.yaml, service: other } }
secrets: { key: { file: ${elsewhere}/id_rsa } }
`,
    );
    await judged(directory);
  });
});

test('nothing of the project is run', async () => {
  const marker = 'it-was-run';
  const script = `#!/bin/sh\ntouch ${marker}\n`;
  const directory = program.directory({
    Dockerfile: `FROM alpine\nRUN touch ${marker}\nHEALTHCHECK CMD touch ${marker}\nCMD ["./run.sh"]\n`,
    'compose.yaml': `services:\n  a: { build: ., command: "sh -c 'touch ${marker}'", environment: { X: "$$(touch ${marker})" } }\n`,
    '.env': `A=$(touch ${marker})\nB=\`touch ${marker}\`\n`,
    'package.json': `{"scripts":{"preinstall":"touch ${marker}"}}`,
    'seaworthy.config.js': `require('fs').writeFileSync('${marker}', '')`,
    'node_modules/yaml/index.js': `require('fs').writeFileSync('${marker}', '')`,
    'run.sh': script,
    docker: script,
    git: script,
  });
  for (const name of ['run.sh', 'docker', 'git']) fs.chmodSync(path.join(directory, name), 0o755);
  const before = fs.readdirSync(directory).sort();
  await judged(directory);
  program.run(['check'], { cwd: directory, env: { PATH: `${directory}:${process.env['PATH']}` } });
  expect(fs.readdirSync(directory).sort()).toEqual(before);
});

test('a missing context and a missing Dockerfile are findings', async () => {
  const { verdict, status } = await judged(
    program.directory({
      'compose.yaml':
        'services:\n  a: { build: ./nowhere }\n  b: { build: { context: ., dockerfile: Dockerfile.prod } }\n',
    }),
  );
  const told = verdict.findings.filter(({ message }) => /nowhere|Dockerfile\.prod/.test(message));
  expect(told.map(({ span }) => span.start.line)).toEqual([2, 3]);
  expect(status).toBe(1);
});
