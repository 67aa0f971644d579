import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Values } from '../../src/cli/command.ts';
import { check } from '../../src/cli/commands/check.ts';
import { formats } from '../../src/cli/formats.ts';
import { commandHelp } from '../../src/cli/help.ts';
import { SeaworthyError } from '../../src/vocabulary/error.ts';

let place: string;
beforeAll(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-formats-'));
  fs.writeFileSync(path.join(place, 'Dockerfile'), 'FROM node:22\n');
});
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

async function run(values: Values, operands: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const out = { write, warn: write, width: 80, color: false, unicode: true };
  const code = await check.run({ cwd: place, operands, values, out, env, readStdin: () => '' });
  return { code, text };
}

const signs: Readonly<Record<string, RegExp>> = {
  json: /"schemaVersion": 1/,
  sarif: /"version": "2\.1\.0"/,
  github: /^::error file=Dockerfile,line=1,/m,
  junit: /<testcase classname="[^"]+" name="project\/runs-as-root Dockerfile:1:6"/,
  markdown: /^<!-- seaworthy -->\n/,
  html: /^<!doctype html>\n[\s\S]*<section id="stack">[\s\S]*data-rule="project\/runs-as-root"/,
};

for (const name of Object.keys(formats)) {
  test(`--format ${name}: the same code as text, and what it should look like`, async () => {
    const only = ['project/runs-as-root'];
    const { code, text } = await run({ format: name, only });
    expect(code).toBe((await run({ only })).code);
    expect(code).toBe(1);
    if (signs[name]) expect(text).toMatch(signs[name]);
    expect(text.endsWith('\n')).toBe(true);
    expect((await run({ format: name, only, 'fail-on': 'never' })).code).toBe(0);
  });
}

test('the help lists them all', () => {
  const help = commandHelp(check).replace(/\s+/g, ' ');
  expect(help).toContain(`[text, ${Object.keys(formats).join(', ')}]`);
});

test('junit knows the threshold', async () => {
  const failures = async (failOn: string) =>
    /failures="(\d+)"/.exec((await run({ format: 'junit', 'fail-on': failOn })).text)?.[1];
  expect(await failures('never')).toBe('0');
  expect(Number(await failures('low'))).toBeGreaterThan(Number(await failures('high')));
});

test('--watch is for people and for files', async () => {
  await expect(run({ watch: true, format: 'json' })).rejects.toThrow(SeaworthyError);
  await expect(run({ watch: true }, ['-'])).rejects.toThrow(SeaworthyError);
  await expect(run({ watch: true }, ['nowhere'])).rejects.toThrow(SeaworthyError);
});

test('SARIF tells what is suppressed, but not on GitHub Actions, where each would open an alert', async () => {
  const folder = path.join(place, 'accepted');
  fs.mkdirSync(folder);
  fs.writeFileSync(
    path.join(folder, 'Dockerfile'),
    '# seaworthy ignore: project/runs-as-root -- it binds port 80\nFROM node:22\n',
  );
  const values = { format: 'sarif', only: ['project/runs-as-root'] };
  const results = async (env = {}) => JSON.parse((await run(values, ['accepted'], env)).text).runs[0].results;
  expect(await results()).toMatchObject([
    {
      ruleId: 'project/runs-as-root',
      suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'it binds port 80' }],
    },
  ]);
  expect(await results({ GITHUB_ACTIONS: 'true' })).toEqual([]);
});
