import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Files } from '../../src/read/files.ts';
import { diskFiles } from '../../src/read/files-disk.ts';

let base: string;
let root: string;
let files: Files;

beforeAll(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-disk-'));
  root = path.join(base, 'project');
  fs.mkdirSync(path.join(root, 'api'), { recursive: true });
  fs.mkdirSync(path.join(base, 'shared'));
  const write = (name: string, content: string | Buffer) => fs.writeFileSync(path.join(root, name), content);
  write('compose.yaml', '\uFEFFservices: {}\r\n');
  write('latin1', Buffer.from([0x61, 0xe9, 0x62]));
  write('image', Buffer.from([0x50, 0x00, 0x51]));
  write('late-nul', Buffer.concat([Buffer.alloc(8000, 'a'), Buffer.from([0])]));
  write('big', Buffer.alloc(5000, 'a'));
  write('exact', Buffer.alloc(4096, 'b'));
  write('empty', '');
  write('api/Dockerfile', 'FROM scratch\n');
  fs.writeFileSync(path.join(base, 'shared/base.yaml'), 'base');
  fs.writeFileSync(path.join(base, 'secret'), 'do not read');
  fs.symlinkSync('api/Dockerfile', path.join(root, 'inner-link'));
  fs.symlinkSync('../secret', path.join(root, 'outer-link'));
  fs.symlinkSync('../shared', path.join(root, 'outer-directory'));
  fs.symlinkSync('nowhere', path.join(root, 'dangling'));
  fs.symlinkSync('loop', path.join(root, 'loop'));
  fs.symlinkSync('../secret', path.join(base, 'shared/sly-link'));
  execFileSync('mkfifo', [path.join(root, 'pipe')]);
  files = diskFiles(root);
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

const reason = (path: string, from = files) => {
  const outcome = from.read(path);
  return outcome.ok ? outcome.text : outcome.reason;
};

test('text comes with its byte order mark and line ends', () => {
  expect(files.read('compose.yaml')).toEqual({ ok: true, text: '\uFEFFservices: {}\r\n' });
  expect(files.read('empty')).toEqual({ ok: true, text: '' });
});

test('bytes that are not UTF-8 are replaced, and said to be', () => {
  expect(files.read('latin1')).toEqual({ ok: true, text: 'a\uFFFDb', brokenUtf8: true });
});

test('why there is no text', () => {
  expect(reason('absent')).toBe('missing');
  expect(reason('compose.yaml/below')).toBe('missing');
  expect(reason('dangling')).toBe('missing');
  expect(reason(`${'x'.repeat(5000)}`)).toBe('missing');
  expect(reason('nul\0byte')).toBe('missing');
  expect(reason('api')).toBe('directory');
  expect(reason('image')).toBe('binary');
  expect(reason('late-nul')).toHaveLength(8001);
  expect(reason('loop')).toBe('unreadable');
});

test('the limit counts bytes, and a file just as large is read', () => {
  expect(reason('big', diskFiles(root, { limitBytes: 4999 }))).toBe('too-large');
  expect(reason('big', diskFiles(root, { limitBytes: 5000 }))).toHaveLength(5000);
  expect(reason('exact')).toHaveLength(4096);
});

test('a pipe is never opened: opening it would wait for ever', () => {
  expect(reason('pipe')).toBe('unreadable');
  expect(files.kind('pipe')).toBe('other');
});

test.skipIf(!fs.existsSync('/proc/self/status'))('a file that claims no size is read to its end', () => {
  expect(reason('self/status', diskFiles('/proc'))).toMatch(/^Name:/);
  expect(reason('self/status', diskFiles('/proc', { limitBytes: 100 }))).toBe('too-large');
});

test('links are followed only to where they end inside', () => {
  expect(reason('inner-link')).toBe('FROM scratch\n');
  expect(reason('outer-link')).toBe('outside');
  expect(reason('outer-directory/base.yaml')).toBe('outside');
  expect(files.list('outer-directory')).toEqual([]);
  expect(files.kind('outer-link')).toBe('other');
});

test('outside is what leaves the root, until the project names it', () => {
  const own = diskFiles(root);
  expect(reason('../shared/base.yaml', own)).toBe('outside');
  expect(reason(path.join(base, 'secret'), own)).toBe('outside');
  own.allow?.('../shared');
  expect(reason('../shared/base.yaml', own)).toBe('base');
  expect(reason('outer-directory/base.yaml', own)).toBe('base');
  expect(reason(path.join(base, 'shared/base.yaml'), own)).toBe('base');
  expect(own.kind('../shared')).toBe('directory');
  expect(reason('../secret', own)).toBe('outside');
  expect(reason('../shared/sly-link', own)).toBe('outside');
  expect(reason('../shared/base.yaml')).toBe('outside'); // each Files keeps its own
});

test('a root reached through a link is a root like any other', () => {
  const link = path.join(base, 'link');
  fs.symlinkSync('project', link);
  const own = diskFiles(link);
  expect(reason('api/Dockerfile', own)).toBe('FROM scratch\n');
  expect(reason(path.join(link, 'api/Dockerfile'), own)).toBe('FROM scratch\n');
});

test('lists a directory with its links as links', () => {
  const kinds = new Map(files.list('.').map((entry) => [entry.name, entry.kind]));
  expect([kinds.get('api'), kinds.get('big'), kinds.get('loop'), kinds.get('pipe')]).toEqual([
    'directory',
    'file',
    'symlink',
    'other',
  ]);
  expect([...kinds.keys()]).toEqual([...kinds.keys()].sort());
  expect(files.list('compose.yaml')).toEqual([]);
});
