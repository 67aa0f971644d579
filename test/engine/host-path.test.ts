import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { thisHost } from '../../src/engine/host-path.ts';
import { mustRun } from '../house/engine/run.ts';

// The real path: what the system keeps temporary files in may be a link itself.
const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-host-')));
const at = (name: string) => path.join(folder, name);
const server = net.createServer();
const all = { bytes: 1e9, entries: 1e6, crosses: false };

beforeAll(async () => {
  fs.mkdirSync(at('tree/deep'), { recursive: true });
  fs.writeFileSync(at('tree/file'), '12345');
  fs.writeFileSync(at('tree/deep/file'), '1234567890');
  fs.symlinkSync('/', at('tree/up'));
  fs.symlinkSync('tree', at('link'));
  fs.symlinkSync('loop', at('loop'));
  fs.symlinkSync('tree/nothing', at('dangling'));
  await mustRun('mkfifo', [at('pipe')]);
  await new Promise((resolve) => server.listen(at('socket'), () => resolve(undefined)));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  fs.rmSync(folder, { recursive: true, force: true });
});

test('tells what a path is, links followed', () => {
  const look = (name: string) => thisHost.look(at(name));
  expect(look('tree')).toEqual({ real: at('tree'), kind: 'directory' });
  expect(look('link/file')).toEqual({ real: at('tree/file'), kind: 'file' });
  expect(look('link/no/where')).toEqual({ real: at('tree/no/where'), kind: 'missing' });
  expect(look('tree/file/below')).toEqual({ real: at('tree/file/below'), kind: 'missing' });
  expect(look('socket').kind).toBe('socket');
  expect(look('pipe').kind).toBe('pipe');
  expect(look('loop').kind).toBe('closed');
  expect(thisHost.look('/dev/null').kind).toBe('character-device');
  expect(thisHost.look('/')).toEqual({ real: '/', kind: 'directory' });
});

test('a link to nothing is not there, whatever it names', () => {
  expect(thisHost.look(at('dangling')).kind).toBe('missing');
});

test('looks through a tree without following links', () => {
  expect(thisHost.survey(at('tree'), all)).toEqual({
    bytes: 15,
    entries: 5,
    doors: [],
    closed: undefined,
    isTooLarge: false,
  });
  expect([...thisHost.survey(folder, all).doors].sort()).toEqual([at('pipe'), at('socket')]);
});

test('looks no further than it is told', () => {
  expect(thisHost.survey(at('tree'), { ...all, entries: 3 }).isTooLarge).toBe(true);
  expect(thisHost.survey(at('tree'), { ...all, bytes: 14 }).isTooLarge).toBe(true);
  expect(thisHost.survey(at('tree'), { ...all, bytes: 15 }).isTooLarge).toBe(false);
  expect(thisHost.survey(at('tree/file'), all)).toMatchObject({ bytes: 5, entries: 1 });
});
