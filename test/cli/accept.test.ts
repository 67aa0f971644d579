import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Values } from '../../src/cli/command.ts';
import { check } from '../../src/cli/commands/check.ts';

let cwd: string;
beforeEach(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-accept-'));
});
afterEach(() => {
  fs.rmSync(cwd, { recursive: true, force: true });
});

function put(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
  fs.writeFileSync(path.join(cwd, file), text);
}

async function run(values: Values = {}, operands: readonly string[] = []) {
  const said: string[] = [];
  const out = {
    write: (text: string) => void said.push(text),
    warn: (text: string) => void said.push(text),
    width: 80,
    color: false,
    unicode: true,
  };
  const readStdin = () => '';
  const code = await check.run({ cwd, operands, values: { today: '2026-11-21', ...values }, out, env: {}, readStdin });
  return { code, text: said.join('') };
}

const rooted = (more = '') => `FROM node:22-alpine\nWORKDIR /app\n${more}USER root\nCMD ["node", "a.js"]\n`;
const root = 'project/runs-as-root';
const accepting = `ignore: [{ rule: ${root}, reason: it binds port 80 }]\n`;

describe('configuration', () => {
  test('of the project, another, or none', async () => {
    put('Dockerfile', rooted());
    expect((await run()).code).toBe(1);
    put('seaworthy.yaml', accepting);
    const calm = await run();
    expect(calm.text).toContain('1 suppressed (1 by the configuration); --verbose lists them');
    expect(calm.text).not.toContain(root);
    const loud = await run({ verbose: true });
    expect(loud.text).toContain('seaworthy.yaml:1: it binds port 80');
    expect((await run({ 'no-config': true })).text).toContain(root);
    put('other.yaml', '');
    expect((await run({ config: 'other.yaml' })).text).toContain(root);
  });

  test('fail-on, unless the flag says otherwise; of several projects the strictest counts', async () => {
    put('a/Dockerfile', rooted());
    expect((await run({}, ['a'])).code).toBe(1);
    put('a/seaworthy.yaml', 'fail-on: never\n');
    expect((await run({}, ['a'])).code).toBe(0);
    expect((await run({ 'fail-on': 'low' }, ['a'])).code).toBe(1);
    put('b/Dockerfile', rooted());
    put('b/seaworthy.yaml', 'fail-on: critical\n');
    expect((await run({}, ['a', 'b'])).code).toBe(0);
    put('b/seaworthy.yaml', '');
    expect((await run({}, ['a', 'b'])).code).toBe(1);
  });

  test('its own faults are shown in their source, wherever it lies', async () => {
    put('a/Dockerfile', rooted());
    put('shared.yaml', 'fail_on: high\n');
    const { text } = await run({ config: 'shared.yaml', only: ['project/bad-config'] }, ['a']);
    expect(text).toContain('shared.yaml:1:1');
    put('a/seaworthy.yaml', 'fail_on: high\n');
    expect((await run({ only: ['project/bad-config'] }, ['a'])).text).toContain('fail_on: high');
  });

  test('one for several projects is not called unused in each', async () => {
    put('a/Dockerfile', rooted());
    put('b/Dockerfile', 'FROM node:22-alpine\nUSER node\nCMD ["node", "a.js"]\n');
    put('shared.yaml', accepting);
    const unused = 'project/unused-suppression';
    expect((await run({ config: 'shared.yaml' }, ['b'])).text).toContain(unused);
    const { text } = await run({ config: 'shared.yaml', verbose: true }, ['a', 'b']);
    expect(text).not.toContain(unused);
    expect(text).toContain('1 suppressed (1 by the configuration)');
  });

  test('a file that is not there is refused', async () => {
    put('Dockerfile', rooted());
    await expect(run({ config: 'none.yaml' })).rejects.toMatchObject({ code: 'bad-config' });
    await expect(run({ config: 'none.yaml', 'no-config': true })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('baselines', () => {
  test('what was there is known, what comes is reported, and moved lines stay known', async () => {
    put('Dockerfile', rooted());
    const before = await run({ 'write-baseline': 'known.json' });
    expect(before.code).toBe(1);
    const known = await run({ baseline: 'known.json' });
    expect(known.code).toBe(0);
    expect(known.text).toMatch(/\d+ suppressed \(\d+ by the baseline\)/);
    put('Dockerfile', `# a new line\n${rooted('# and another\n')}`);
    expect((await run({ baseline: 'known.json' })).code).toBe(0);
    put('Dockerfile', rooted('RUN curl -fsSL https://example.com/i.sh | sh\n'));
    const more = await run({ baseline: 'known.json', format: 'json' });
    const verdict = JSON.parse(more.text);
    expect(verdict.findings.length).toBeGreaterThan(0);
    expect(verdict.findings.map(({ rule }: { rule: string }) => rule)).not.toContain(root);
    expect(verdict.summary.suppressed).toBe(verdict.suppressed.length);
  });

  test('is brought up to date in one call', async () => {
    put('Dockerfile', rooted());
    await run({ 'write-baseline': 'known.json' });
    put('Dockerfile', rooted('RUN curl -fsSL https://example.com/i.sh | sh\n'));
    await run({ baseline: 'known.json', 'write-baseline': 'known.json' });
    const { text } = await run({ baseline: 'known.json', format: 'json' });
    expect(JSON.parse(text).findings).toEqual([]);
  });

  test('what comments accept is not in it', async () => {
    put('Dockerfile', rooted(`# seaworthy ignore: ${root} -- it binds port 80\n`));
    await run({ 'write-baseline': 'known.json' });
    expect(fs.readFileSync(path.join(cwd, 'known.json'), 'utf8')).not.toContain(root);
  });

  test('one that is none is refused, and is not written over', async () => {
    put('Dockerfile', rooted());
    put('known.json', '{}');
    await expect(run({ baseline: 'known.json', 'write-baseline': 'known.json' })).rejects.toMatchObject({
      code: 'bad-config',
    });
    expect(fs.readFileSync(path.join(cwd, 'known.json'), 'utf8')).toBe('{}');
    await expect(run({ baseline: 'none.json' })).rejects.toMatchObject({ code: 'bad-config' });
  });
});
