import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { swell } from '../../src/inside/files/swell.ts';
import { weigh } from '../../src/inside/files/weigh.ts';

function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-weigh-'));
  onTestFinished(() => fs.rmSync(made, { recursive: true }));
  return made;
}

test('what is there to be kept is weighed, below folders too', async () => {
  const at = folder();
  fs.mkdirSync(path.join(at, 'orders'));
  fs.writeFileSync(path.join(at, 'orders', 'one.json'), 'x'.repeat(100));
  fs.writeFileSync(path.join(at, 'catalogue'), 'x'.repeat(20));
  expect(await weigh(at)).toBe(120);
});

test.each(['access.log', 'logs/today', 'cache/page', 'app.log.1', 'tmp/upload', '.seaworthy-fill'])(
  'what may be lost is not: %s',
  async (name) => {
    const at = folder();
    fs.mkdirSync(path.dirname(path.join(at, name)), { recursive: true });
    fs.writeFileSync(path.join(at, name), 'x'.repeat(100));
    expect(await weigh(at)).toBe(0);
  },
);

test('no link is followed, and a folder that is not there weighs nothing', async () => {
  const at = folder();
  const other = folder();
  fs.writeFileSync(path.join(other, 'large'), 'x'.repeat(1000));
  fs.symlinkSync(other, path.join(at, 'away'));
  fs.symlinkSync(path.join(other, 'large'), path.join(at, 'file'));
  expect(await weigh(at)).toBe(0);
  expect(await weigh(path.join(at, 'nowhere'))).toBe(0);
});

test('a file is made long without taking room, and never through a link', async () => {
  const at = folder();
  const file = path.join(at, 'app.log');
  fs.writeFileSync(file, 'a line\n');
  await swell(file, 2 ** 30);
  const { size, blocks } = fs.statSync(file);
  expect(size).toBe(2 ** 30 + 7);
  expect(blocks * 512).toBeLessThan(2 ** 20);
  fs.symlinkSync(file, path.join(at, 'link'));
  await expect(swell(path.join(at, 'link'), 1)).rejects.toThrow();
});
