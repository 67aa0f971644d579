import { describe, expect, test } from 'vitest';
import { judgeGain } from '../../src/drills/no-new-privileges.ts';
import { descendants } from '../../src/drills/rights/own-processes.ts';
import { judgeUsers, usersInStatus } from '../../src/drills/runs-as-non-root.ts';
import type { RaisingFile } from '../../src/inside/protocol.ts';

const process = (pid: number, name: string, ...users: number[]) => ({ pid, name, command: [name], users });

describe('who it runs as', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n';

  test('all as somebody', () => {
    expect(judgeUsers([process(1, 'node', 1000)], passwd)).toMatchObject({
      outcome: 'held',
      summary: 'Its process runs as node',
    });
  });
  test('somebody whom no file knows goes by the number', () => {
    expect(judgeUsers([process(1, 'x', 65532), process(2, 'y', 65532)], passwd).summary).toBe(
      'All 2 processes run as user 65532',
    );
  });
  test('a master that stays root, with workers that do not', () => {
    expect(judgeUsers([process(1, 'nginx', 0), process(7, 'nginx', 101)], passwd)).toMatchObject({
      outcome: 'broke',
      summary: '1 of 2 processes runs as root: nginx (PID 1); the other runs as user 101',
      advice: ['user: "101:101"'],
    });
  });
  test('one that may become root again is root', () => {
    expect(judgeUsers([process(1, 'x', 1000, 0)], passwd).outcome).toBe('broke');
  });
  test('a user of the image that the file overrides', () => {
    expect(judgeUsers([process(1, 'x', 0)], passwd, 'node').advice).toEqual([
      'no user: in the Compose file: the image runs as node',
    ]);
  });
  test.each(['', '0', 'root', '0:0', 'root:root'])('an image of user "%s" helps nobody', (user) => {
    expect(judgeUsers([process(1, 'x', 0)], passwd, user).advice?.[0]).toBe('user: "10001:10001"');
  });
  test('nobody seen is no proof', () => {
    expect(judgeUsers([], passwd).outcome).toBe('inconclusive');
  });
  test('real, effective and saved user of /proc', () => {
    expect(usersInStatus('Name:\tx\nUid:\t1000\t0\t33\t0\nGid:\t5\t5\t5\t5\n')).toEqual([1000, 0, 33]);
  });
});

test('its own processes descend from process 1; what the engine starts in there does not', () => {
  const list = [
    [57, 0],
    [58, 57],
    [1, 0],
    [7, 1],
    [9, 7],
    [12, 11],
  ].map(([pid = 0, ppid = 0]) => ({ pid, ppid }));
  expect(descendants(list).map(({ pid }) => pid)).toEqual([1, 7, 9]);
});

describe('who can gain', () => {
  const app = { pid: 1, name: 'app', uid: 1000, gid: 1000, noNewPrivs: false };
  const file = (mode: number, more: Partial<RaisingFile> = {}): RaisingFile => ({
    path: '/bin/su',
    setuid: (mode & 0o4000) !== 0,
    setgid: (mode & 0o2000) !== 0,
    uid: 0,
    gid: 0,
    mode,
    ...more,
  });
  const outcome = (...given: Parameters<typeof judgeGain>) => judgeGain(...given).outcome;

  test('with the flag on, whatever the image has', () => {
    expect(outcome([{ ...app, noNewPrivs: true }], [file(0o4755)], ['/bin/ping'], [])).toBe('held');
  });
  test.each<[string, RaisingFile, string]>([
    ['a program that everybody may start', file(0o4755), 'broke'],
    ['one of a group', file(0o2755), 'broke'],
    ['one for another group only', file(0o4750), 'held'],
    ['one for its own group', file(0o4750, { gid: 1000 }), 'broke'],
    ['one that belongs to it', file(0o4755, { uid: 1000 }), 'held'],
  ])('with the flag off: %s', (_, one, expected) => {
    expect(outcome([app], [one], [], [])).toBe(expected);
  });
  test('by file capabilities', () => {
    expect(judgeGain([app], [], ['/bin/ping'], [])).toMatchObject({
      outcome: 'broke',
      summary: 'app (PID 1, user 1000) can raise itself by /bin/ping',
    });
  });
  test('a root master is not who gains, its worker is', () => {
    const master = { ...app, name: 'master', uid: 0, gid: 0 };
    expect(judgeGain([master, { ...app, pid: 7 }], [file(0o4755)], [], []).summary).toContain('app (PID 7, user 1000)');
  });
  test('root has nothing above it', () => {
    expect(judgeGain([{ ...app, uid: 0 }], [file(0o4755)], ['/bin/ping'], [])).toMatchObject({
      outcome: 'held',
      advice: ['security_opt: ["no-new-privileges:true"]'],
    });
  });
  test.each([
    ['that may become somebody else', '00000000a80425fb', file(0o4755), 'broke'],
    ['that may not', '0000000000000000', file(0o4755), 'held'],
    ['in whose image nothing leads back', '00000000a80425fb', file(0o4750), 'held'],
  ])('root %s', (_, capEff, one, expected) => {
    expect(outcome([{ ...app, uid: 0, gid: 0, capEff }], [one], [], [])).toBe(expected);
  });
  test('what was not looked at is no proof', () => {
    expect(outcome([app], [], [], ['file capabilities: the image has 3 GiB'])).toBe('inconclusive');
  });
  test('nor is nobody', () => {
    expect(outcome([], [], [], [])).toBe('inconclusive');
  });
});
