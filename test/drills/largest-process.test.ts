import { describe, expect, test } from 'vitest';
import { largestBelow, othersLike } from '../../src/drills/memory/largest-process.ts';
import { someProcess } from './some-process.ts';

const process = (pid: number, ppid: number, command: string, megabytes = 1) => ({
  ...someProcess(pid, ppid, command.split(' ')),
  rssBytes: megabytes * 2 ** 20,
});

describe('the largest process below process 1', () => {
  const shell = process(1, 0, 'sh start.sh');
  const app = process(7, 1, 'node front.js', 40);
  const worker = process(8, 1, 'node worker.js', 90);

  test('is the one that the kernel takes first', () => {
    const all = [shell, app, worker];
    expect(largestBelow(all, all)?.pid).toBe(8);
  });

  test('is none where process 1 itself is larger', () => {
    const all = [process(1, 0, 'python3 app.py', 100), process(5, 1, 'python3 child.py', 20)];
    expect(largestBelow(all, all)).toBeUndefined();
  });

  test('is none that came later, or that the engine started beside it', () => {
    expect(largestBelow([shell, app], [shell, app, worker])?.pid).toBe(7);
    const test = process(20, 0, 'curl localhost', 300);
    expect(largestBelow([shell, app, test], [shell, app, test])?.pid).toBe(7);
  });
});

describe('others of its kind', () => {
  test('have the same command line', () => {
    const worker = process(8, 1, 'node worker.js');
    expect(othersLike(worker, [process(1, 0, 'node front.js'), worker])).toBe(0);
    expect(othersLike(worker, [process(1, 0, 'node front.js'), worker, process(9, 1, 'node worker.js')])).toBe(1);
  });

  test('are not process 1, though a fork has its command line', () => {
    const child = process(2, 1, 'python3 master.py');
    expect(othersLike(child, [process(1, 0, 'python3 master.py'), child])).toBe(0);
  });

  test('go by the first word where a program writes there what it does', () => {
    const titled = (pid: number, title: string) => someProcess(pid, 1, [title]);
    const one = titled(31, 'postgres: app db 172.18.0.3(40312) idle');
    expect(othersLike(one, [someProcess(1, 0, ['postgres']), one, titled(32, 'postgres: checkpointer ')])).toBe(1);
  });
});
