import { describe, expect, test } from 'vitest';
import { cannotRun, HealthWatch, probeMs, probeWords } from '../../src/drills/health/health-watch.ts';
import type { Container, HealthProbe } from '../../src/engine/container.ts';

const probe = (exitCode: number, output = '', start = '2026-01-01T00:00:00.000000001Z'): HealthProbe => ({
  start,
  end: '2026-01-01T00:00:02.500000001Z',
  exitCode,
  output,
});

describe('a check that cannot be made', () => {
  // Outputs as Docker Engine 20.10 and 26.1, and the shells of Debian and Alpine, write them.
  test.each([
    [
      -1,
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in $PATH: unknown',
      'curl',
    ],
    [1, '/bin/sh: 1: curl: not found\n', 'curl'],
    [127, 'sh: wget: not found', 'wget'],
    [1, 'bash: line 1: nc: command not found', 'nc'],
    [
      126,
      'OCI runtime exec failed: exec failed: container_linux.go:380: starting container process caused: exec: "/check.sh": permission denied: unknown',
      '/check.sh',
    ],
    [139, '', 'crashes'],
    [127, 'env: node: No such file or directory', 'No such file'],
  ])('%i %s', (exitCode, output, word) => {
    expect(cannotRun(probe(exitCode, output))).toContain(word);
  });

  test.each([
    [0, '/bin/sh: 1: curl: not found'],
    [1, 'wget: server returned error: HTTP/1.1 404 Not Found'],
    [1, 'Error: route not found'],
    [-1, 'Health check exceeded timeout (5s)'],
    [1, ''],
    [22, 'curl: (22) The requested URL returned error: 503'],
  ])('and one that says no: %i %s', (exitCode, output) => {
    expect(cannotRun(probe(exitCode, output))).toBeUndefined();
  });
});

test.each([
  ['\n  refused\nmore', 'refused'],
  [' \n', 'exit code 7'],
  [
    'Traceback (most recent call last):\n  File "<string>", line 1\nurllib.error.URLError: <urlopen error [Errno 111] Connection refused>',
    'urllib.error.URLError: <urlopen error [Errno 111] Connection refused>',
  ],
  [
    '  % Total    % Received % Xferd\n  0     0    0     0\ncurl: (7) Failed to connect to localhost port 80',
    'curl: (7) Failed to connect to localhost port 80',
  ],
  [
    '  % Total\r  0   153    0\rcurl: (22) The requested URL returned error: 403\n',
    'curl: (22) The requested URL returned error: 403',
  ],
  ['Health check exceeded timeout (2s)', 'Health check exceeded timeout (2s)'],
  ['one\ntwo', 'two'],
])('what a probe says, in one line: %j', (output, words) => {
  expect(probeWords(probe(7, output))).toBe(words);
});

test('how long a probe took', () => {
  expect(probeMs(probe(0))).toBe(2500);
});

test('probes are kept when the engine has forgotten them, each once', async () => {
  const logs = [[1, 2, 3], [2, 3, 4], [4]];
  let looks = 0;
  const container: Pick<Container, 'inspect'> = {
    inspect: async () => ({
      id: '',
      name: '',
      image: '',
      restartCount: 2,
      pid: 1,
      labels: {},
      logPath: '',
      networks: {},
      raw: {},
      state: {
        status: 'running',
        exitCode: 0,
        oomKilled: false,
        error: '',
        startedAt: 'then',
        finishedAt: '',
        health: {
          status: 'unhealthy',
          failingStreak: 5 - looks,
          log: (logs[looks++] ?? []).map((second) => probe(second === 3 ? 1 : 0, `${second}`, `start ${second}`)),
        },
      },
    }),
  };
  const watch = new HealthWatch(container);
  for (const _ of logs) await watch.look();
  expect(watch.probes.map(({ output }) => output)).toEqual(['1', '2', '3', '4']);
  expect(watch.lastFailure?.output).toBe('3');
  expect([watch.status, watch.running, watch.life, watch.restarts]).toEqual(['unhealthy', true, '2 then', 2]);
  expect(watch.worstStreak).toBe(5);
  watch.forgetStreak();
  expect(watch.worstStreak).toBe(0);
});
