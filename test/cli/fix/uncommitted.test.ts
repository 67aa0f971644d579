import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { uncommitted } from '../../../src/cli/fix/uncommitted.ts';

let home: string;
beforeEach(() => {
  home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-git-')));
});
afterEach(() => {
  fs.rmSync(home, { recursive: true, force: true });
});

const at = (name: string) => path.join(home, name);
function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  const { status, stderr } = spawnSync('git', [...who, ...args], { cwd: home, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
function committed(files: Readonly<Record<string, string>>): void {
  git('init', '-q');
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), text);
  }
  git('add', '-f', '.');
  git('commit', '-qm', 'a');
}

test('outside any repository nothing is', () => {
  fs.writeFileSync(at('a'), 'x');
  expect(uncommitted([at('a')])).toEqual([]);
});

test('a file as it was committed is not; one that is not there is not', () => {
  committed({ a: 'x\n', 'sub/b c:[1]*': 'y' });
  expect(uncommitted([at('a'), at('sub/b c:[1]*'), at('new')])).toEqual([]);
});

test('changed, staged, changed back after staging, new and ignored files are', () => {
  committed({ changed: 'x', staged: 'x', back: 'x', same: 'x', '.gitignore': 'ignored\n' });
  for (const name of ['changed', 'staged', 'back', 'new', 'ignored']) fs.writeFileSync(at(name), 'y');
  git('add', 'staged', 'back');
  fs.writeFileSync(at('back'), 'x');
  const all = ['changed', 'staged', 'back', 'new', 'ignored', 'same'].map(at);
  expect(uncommitted(all)).toEqual(all.slice(0, -1));
});

test('a checkout with carriage returns is not changed', () => {
  committed({ a: 'x\ny\n' });
  fs.writeFileSync(at('a'), 'x\r\ny\r\n');
  expect(uncommitted([at('a')])).toEqual([]);
});

test('all are in a repository without a commit, and where Git cannot say', () => {
  git('init', '-q');
  fs.writeFileSync(at('a'), 'x');
  expect(uncommitted([at('a')])).toEqual([at('a')]);
  fs.rmSync(at('.git'), { recursive: true });
  fs.writeFileSync(at('.git'), 'gitdir: /nowhere\n');
  expect(uncommitted([at('a')])).toEqual([at('a')]);
});

test('programs that the repository names are not run', () => {
  committed({ a: 'x\n', '.gitattributes': '* filter=evil diff=evil\n' });
  const ran = at('ran');
  const evil = `sh -c 'echo x >> ${ran}; cat'`;
  for (const name of [
    'filter.evil.clean',
    'filter.evil.smudge',
    'diff.evil.textconv',
    'diff.evil.command',
    'core.fsmonitor',
  ])
    git('config', name, evil);
  fs.writeFileSync(at('a'), 'changed\n');
  fs.rmSync(ran, { force: true });
  // The trap works: plain git falls into it.
  spawnSync('git', ['status'], { cwd: home });
  expect(fs.existsSync(ran)).toBe(true);
  fs.rmSync(ran);
  expect(uncommitted([at('a')])).toEqual([at('a')]);
  expect(fs.existsSync(ran)).toBe(false);
});
