import { describe, expect, test } from 'vitest';
import { treeOf, workersOf } from '../../src/drills/health/app-processes.ts';
import { someProcess } from './some-process.ts';

const seen = (pid: number, ppid: number, command: string, state = 'S') => ({
  ...someProcess(pid, ppid, command.split(' ')),
  state,
});

describe('the processes below a main process', () => {
  test('not those of docker exec, not zombies, grandchildren too', () => {
    const all = [
      seen(10, 5, 'node server.js'),
      seen(11, 10, 'worker'),
      seen(12, 11, 'grandchild'),
      seen(13, 10, 'dead', 'Z'),
      seen(20, 5, 'curl -f localhost'),
      seen(5, 1, 'containerd-shim'),
    ];
    expect(treeOf(all, 10).map(({ pid }) => pid)).toEqual([10, 11, 12]);
    expect(treeOf(all, 99)).toEqual([]);
  });
});

describe('workers', () => {
  test.each([
    ['of one process: none', [seen(1, 0, 'node server.js')], []],
    [
      'of a master, by kind',
      [
        seen(1, 0, 'nginx: master'),
        seen(2, 1, 'nginx: worker'),
        seen(3, 1, 'nginx: worker'),
        seen(4, 1, 'nginx: cache'),
      ],
      ['nginx: worker 2,3', 'nginx: cache 4'],
    ],
    [
      'behind an init and a shell that only wait',
      [seen(1, 0, 'tini -- sh'), seen(2, 1, 'sh -c x'), seen(3, 2, 'gunicorn'), seen(4, 3, 'gunicorn w')],
      ['gunicorn w 4'],
    ],
    ['an init and its app: none', [seen(1, 0, 'docker-init --'), seen(2, 1, 'node server.js')], []],
    [
      'of a shell that runs two',
      [
        seen(1, 0, 'sh start.sh'),
        seen(2, 1, 'python worker.py'),
        seen(3, 1, 'python server.py'),
        seen(4, 1, 'sleep 5'),
      ],
      ['python worker.py 2', 'python server.py 3'],
    ],
    [
      'of npm, which runs a shell, which runs the app',
      [seen(1, 0, 'npm start'), seen(2, 1, 'sh -c node .'), seen(3, 2, 'node .'), seen(4, 3, 'node worker.js')],
      ['node worker.js 4'],
    ],
    ['of what has ended', [], []],
  ])('%s', (_, tree, expected) => {
    expect(workersOf(tree).map(({ name, pids }) => `${name} ${pids.join(',')}`)).toEqual(expected);
  });
});
