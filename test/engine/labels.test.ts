import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { endRun, isOver, label, newRun, thisProcess } from '../../src/engine/labels.ts';

const now = Date.now() / 1000;

test('what this process makes is not over, however late it is', () => {
  const { id, labels } = newRun();
  expect(id).toMatch(/^[0-9a-f]{8}$/);
  expect(isOver(labels, now)).toBe(false);
  expect(isOver(labels, now + 365 * 86_400)).toBe(false);
  expect(newRun().id).not.toBe(id);
});

test('a run may be over in a process that goes on', () => {
  const [one, other] = [newRun(), newRun()];
  endRun(one);
  expect([one, other].map(({ labels }) => isOver(labels, now))).toEqual([true, false]);
});

test('what a process made that has ended is over at once', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  const parts = thisProcess().split('/');
  const ofChild = [...parts.slice(0, -2), String(child.pid), parts.at(-1)].join('/');
  // Its number, but not the time at which it was started: another process with a number that came back.
  expect(isOver({ [label.owner]: ofChild }, now)).toBe(process.platform === 'linux');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isOver({ [label.owner]: ofChild }, now)).toBe(true);
});

test('of another machine only its time tells', () => {
  const { labels } = newRun();
  const foreign = { ...labels, [label.owner]: 'somewhere/else/4711/99' };
  expect(isOver(foreign, now)).toBe(false);
  expect(isOver(foreign, now + 13 * 3600)).toBe(true);
  expect(isOver({ [label.owner]: 'nonsense' }, now)).toBe(false);
});

test('what is kept says so', () => {
  expect(newRun({ keep: true }).labels[label.keep]).toBe('true');
  expect(newRun().labels[label.keep]).toBeUndefined();
});
