import { describe, expect, test } from 'vitest';
import { familyOf, type Kind, kindOf, lasting, shownProcess } from '../../src/drills/stopping/family.ts';
import { someProcess } from './some-process.ts';

test.each<[string[], Kind]>([
  [['/bin/sh', '-c', 'node server.js'], 'shell'],
  [['/bin/sh', './start.sh'], 'shell'],
  [['-bash'], 'shell'],
  [['busybox', 'sh'], 'shell'],
  [['busybox', 'httpd', '-f'], 'app'],
  [['/sbin/docker-init', '--', 'node', 'server.js'], 'init'],
  [['/usr/bin/python3', '/usr/bin/supervisord', '-n'], 'init'],
  [['npm start'], 'launcher'],
  [['node', '/usr/local/lib/node_modules/npm/bin/npm-cli.js', 'start'], 'launcher'],
  [['node', '/opt/yarn/bin/yarn.js', 'start'], 'launcher'],
  [['sleep', '1'], 'idler'],
  [['node', 'server.js'], 'app'],
  [['python3', 'sleep.py'], 'idler'],
  [['nginx: master process nginx -g daemon off;'], 'app'],
  [['postgres'], 'app'],
])('%j is of kind %s', (command, kind) => {
  expect(kindOf({ command, name: 'x' })).toBe(kind);
});

test('a process without a command line goes by its name', () => {
  expect(kindOf({ command: [], name: 'tini' })).toBe('init');
});

describe('who is the app', () => {
  const shell = someProcess(1, 0, ['/bin/sh', '-c', 'node server.js']);
  const node = someProcess(7, 1, ['node', 'server.js']);
  const apps = (...processes: ReturnType<typeof someProcess>[]) => familyOf(processes)?.apps.map(({ pid }) => pid);

  test('process 1 itself', () => {
    const family = familyOf([someProcess(1, 0, ['node', 'server.js']), someProcess(9, 1, ['node', 'worker.js'])]);
    expect(family).toMatchObject({ kind: 'app', apps: [] });
  });
  test('the child of a shell', () => {
    expect(familyOf([shell, node])).toMatchObject({ kind: 'shell', apps: [{ pid: 7 }] });
  });
  test('below several wrappers, and not its own children', () => {
    const npm = someProcess(1, 0, ['npm start']);
    const between = someProcess(5, 1, ['sh', '-c', 'node server.js']);
    expect(
      apps(npm, between, someProcess(7, 5, ['node', 'server.js']), someProcess(8, 7, ['node', 'worker.js'])),
    ).toEqual([7]);
  });
  test('several below one', () => {
    expect(apps(shell, node, someProcess(8, 1, ['nginx: master process']))).toEqual([7, 8]);
  });
  test('a script that only sleeps is the app itself', () => {
    expect(familyOf([shell, someProcess(7, 1, ['sleep', '3600'])])).toMatchObject({ kind: 'app', apps: [] });
  });
  test('a daemon beside a program that only waits', () => {
    const tail = someProcess(1, 0, ['tail', '-f', '/dev/null']);
    expect(familyOf([tail, node])).toMatchObject({ kind: 'idler', apps: [{ pid: 7 }] });
    expect(familyOf([tail])).toMatchObject({ kind: 'app', apps: [] });
  });
  test('a zombie is nobody', () => {
    expect(familyOf([shell, { ...node, state: 'Z' }])).toMatchObject({ kind: 'app', apps: [] });
  });
  test('a script that has become the app meanwhile', () => {
    const early = [someProcess(1, 0, ['/bin/sh', './start.sh']), someProcess(7, 1, ['node', 'migrate.js'])];
    const late = [someProcess(1, 0, ['node', 'server.js']), someProcess(9, 1, ['node', 'worker.js'])];
    expect(familyOf(lasting(early, late))).toMatchObject({
      kind: 'app',
      apps: [],
      first: { command: ['node', 'server.js'] },
    });
  });
  test('without a process 1 nobody knows', () => {
    expect(familyOf([node])).toBeUndefined();
  });
  test('parents in a circle do not hang it', () => {
    expect(apps(someProcess(1, 7, ['sh']), someProcess(7, 1, ['sh']))).toEqual([]);
  });
});

test('a long command line is cut', () => {
  expect(shownProcess({ command: ['node', 'x'.repeat(200)], name: 'node' })).toHaveLength(80);
  expect(shownProcess({ command: [], name: 'kthreadd' })).toBe('kthreadd');
});

describe('a supervisor of no known name', () => {
  const supervisor = someProcess(1, 0, ['python3', '/sup.py']);
  const server = someProcess(7, 1, ['node', 'server.js']);
  const appsOf = (doings: { serving?: number[]; waiting?: number[] }, ...all: ReturnType<typeof someProcess>[]) => {
    const { serving = [], waiting = [] } = doings;
    return familyOf(all, { serving: new Set(serving), waiting: new Set(waiting) })?.apps.map(({ pid }) => pid);
  };

  test('sleeps in wait(2)', () => {
    expect(appsOf({ waiting: [1] }, supervisor, server)).toEqual([7]);
    expect(appsOf({}, supervisor, server)).toEqual([]);
  });
  test('has nobody to wait for but what only waits itself', () => {
    expect(appsOf({ waiting: [1] }, supervisor, someProcess(7, 1, ['sleep', '60']))).toEqual([]);
  });
  test('runs what its command line ends with', () => {
    const named = someProcess(1, 0, ['/sup', '--quiet', 'node', 'server.js']);
    expect(appsOf({}, named, server)).toEqual([7]);
    // Forks of one program are its workers.
    expect(appsOf({}, server, someProcess(8, 7, ['node', 'server.js']))).toBeUndefined();
    expect(appsOf({}, { ...server, pid: 1, ppid: 0 }, someProcess(8, 1, ['node', 'server.js']))).toEqual([]);
  });
  test('has the port held below it, and not by itself', () => {
    expect(appsOf({ serving: [7] }, supervisor, server)).toEqual([7]);
    expect(appsOf({ serving: [1, 7] }, supervisor, server)).toEqual([]);
    expect(appsOf({ serving: [8] }, supervisor, server, someProcess(8, 7, ['node', 'worker.js']))).toEqual([8]);
  });
  test('below an init', () => {
    const init = someProcess(1, 0, ['/sbin/docker-init', '--', 'python3', '/sup.py']);
    const below = someProcess(6, 1, ['python3', '/sup.py']);
    expect(appsOf({ waiting: [6] }, init, below, someProcess(9, 6, ['node', 'server.js']))).toEqual([9]);
  });
});
