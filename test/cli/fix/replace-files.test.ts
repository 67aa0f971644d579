import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceFiles } from '../../../src/cli/fix/replace-files.ts';
import { SeaworthyError } from '../../../src/vocabulary/error.ts';

let home: string;
beforeEach(() => {
  home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-replace-')));
});
afterEach(() => {
  fs.rmSync(home, { recursive: true, force: true });
});

const isRoot = process.geteuid?.() === 0;
const at = (name: string) => path.join(home, name);
const write = (name: string, text: string, mode = 0o644) => {
  fs.writeFileSync(at(name), text);
  fs.chmodSync(at(name), mode);
};
const replacement = (name: string, before: string | undefined, after: string) => ({
  file: at(name),
  shown: name,
  before,
  after,
});
const modeOf = (name: string) => fs.statSync(at(name)).mode & 0o7777;
function codeOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SeaworthyError) return error.code;
    throw error;
  }
  return 'none';
}

describe.skipIf(process.platform === 'win32')('files are replaced whole', () => {
  test.each([0o600, 0o640, 0o755, 0o664])('with their mode %o', (mode) => {
    write('a', 'old', mode);
    replaceFiles([replacement('a', 'old', 'new')]);
    expect(fs.readFileSync(at('a'), 'utf8')).toBe('new');
    expect(modeOf('a')).toBe(mode);
    expect(fs.readdirSync(home)).toEqual(['a']);
  });

  test.skipIf(!isRoot)('with their owner', () => {
    write('a', 'old');
    fs.chownSync(at('a'), 1234, 2345);
    replaceFiles([replacement('a', 'old', 'new')]);
    const { uid, gid } = fs.statSync(at('a'));
    expect({ uid, gid }).toEqual({ uid: 1234, gid: 2345 });
  });

  test('in one step: who has the old one open reads it to its end', () => {
    write('a', 'old');
    const descriptor = fs.openSync(at('a'), 'r');
    replaceFiles([replacement('a', 'old', 'new')]);
    expect(fs.readFileSync(descriptor, 'utf8')).toBe('old');
    fs.closeSync(descriptor);
  });

  test('new ones with their directories, a secret for its owner only', () => {
    replaceFiles([
      replacement('deep/er/.dockerignore', undefined, '*'),
      { ...replacement('secrets/db', undefined, 's'), isSecret: true },
    ]);
    expect(modeOf('deep/er/.dockerignore')).toBe(0o644);
    expect(modeOf('secrets/db')).toBe(0o600);
  });
});

describe('nothing is written at all', () => {
  test('when one of several has changed since it was read', () => {
    write('a', 'old');
    write('b', 'mine now');
    const work = () => replaceFiles([replacement('a', 'old', 'new'), replacement('b', 'old', 'new')]);
    expect(codeOf(work)).toBe('file-changed');
    expect(fs.readFileSync(at('a'), 'utf8')).toBe('old');
    expect(fs.readFileSync(at('b'), 'utf8')).toBe('mine now');
    expect(fs.readdirSync(home).sort()).toEqual(['a', 'b']);
  });

  test('when a file has gone, or a new one has come', () => {
    expect(codeOf(() => replaceFiles([replacement('a', 'old', 'new')]))).toBe('file-changed');
    write('b', 'theirs');
    expect(codeOf(() => replaceFiles([replacement('b', undefined, 'new')]))).toBe('file-changed');
    expect(fs.readFileSync(at('b'), 'utf8')).toBe('theirs');
  });

  test.skipIf(isRoot || process.platform === 'win32')('when a directory or file is read-only', () => {
    write('a', 'old');
    fs.mkdirSync(at('d'));
    write('d/b', 'old');
    fs.chmodSync(at('d'), 0o555);
    expect(codeOf(() => replaceFiles([replacement('a', 'old', 'new'), replacement('d/b', 'old', 'new')]))).toBe(
      'unwritable',
    );
    fs.chmodSync(at('d'), 0o755);
    expect(fs.readFileSync(at('a'), 'utf8')).toBe('old');
    fs.chmodSync(at('a'), 0o444);
    expect(codeOf(() => replaceFiles([replacement('a', 'old', 'new')]))).toBe('unwritable');
    expect(fs.readdirSync(home).sort()).toEqual(['a', 'd']);
  });

  test('when a file stands where a directory is needed', () => {
    write('a', 'old');
    write('d', 'a file');
    expect(codeOf(() => replaceFiles([replacement('a', 'old', 'new'), replacement('d/b', undefined, 'new')]))).toBe(
      'unwritable',
    );
    expect(fs.readFileSync(at('a'), 'utf8')).toBe('old');
    expect(fs.readdirSync(home).sort()).toEqual(['a', 'd']);
  });
});
