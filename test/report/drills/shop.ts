import type { DrillReport, Timeline } from '../../../src/vocabulary/drill.ts';
import { report, result } from './some-report.ts';

/** Twenty seconds of load with a stop at the twelfth: what a drill of a real service writes down. */
const stop: Timeline = {
  seconds: 16,
  series: [
    {
      name: 'answered',
      panel: 'requests',
      unit: '/s',
      points: perSecond(16, (at) => (at < 12 ? 128 - (at % 3) : at < 13 ? 61 : 0)),
    },
    {
      name: 'lost',
      panel: 'requests',
      unit: '/s',
      points: perSecond(16, (at) => (at === 12 ? 35 : at === 13 ? 4 : 0)),
    },
    { name: 'refused', panel: 'requests', unit: '/s', points: perSecond(16, (at) => (at === 13 ? 88 : 0)) },
    { name: 'p50', panel: 'latency', unit: 'ms', points: perSecond(13, (at) => 4 + (at % 4)) },
    {
      name: 'p99',
      panel: 'latency',
      unit: 'ms',
      points: perSecond(13, (at) => (at < 11 ? 18 + ((at * 7) % 11) : 310)),
    },
  ],
  events: [
    { at: 0.4, what: 'load begins: 128 requests a second', by: 'drill' },
    { at: 12.02, what: 'SIGTERM sent', by: 'engine' },
    { at: 12.1, what: 'listener closed', by: 'service' },
    { at: 13.8, what: 'balancer noticed', by: 'drill' },
    { at: 14.1, what: 'exited with 0', by: 'service' },
  ],
  health: [
    { from: 0, to: 1.2, state: 'starting' },
    { from: 1.2, to: 14.1, state: 'healthy' },
    { from: 14.1, to: 16, state: 'stopped' },
  ],
};

const memory: Timeline = {
  seconds: 30,
  series: [
    {
      name: 'memory',
      panel: 'memory',
      unit: 'bytes',
      limit: 268_435_456,
      points: steps(60, 0.5, (at) => (at < 21 ? 60e6 + at * 9.9e6 : 55e6 + (at - 21) * 1e6)),
    },
    { name: 'answered', panel: 'requests', unit: '/s', points: perSecond(30, (at) => (at > 20 && at < 23 ? 12 : 50)) },
    { name: 'lost', panel: 'requests', unit: '/s', points: perSecond(30, (at) => (at > 20 && at < 23 ? 38 : 0)) },
    { name: 'cpu', panel: 'cpu', unit: '%', points: perSecond(30, (at) => 30 + ((at * 13) % 25)), limit: 100 },
  ],
  events: [
    { at: 2, what: 'memory is taken, 10 MiB a second', by: 'drill' },
    { at: 20.9, what: 'oom', by: 'engine' },
    { at: 21, what: 'exited with 137', by: 'service' },
    { at: 21.4, what: 'restarted', by: 'engine' },
  ],
  health: [
    { from: 0, to: 20.9, state: 'healthy' },
    { from: 20.9, to: 24, state: 'starting' },
    { from: 24, to: 30, state: 'healthy' },
  ],
};

const frozen: Timeline = {
  seconds: 70,
  series: [],
  events: [
    { at: 5, what: 'SIGSTOP to every process', by: 'drill' },
    { at: 65.2, what: 'called off: budget used up', by: 'drill' },
  ],
  health: [
    { from: 0, to: 2, state: 'starting' },
    { from: 2, to: 42, state: 'healthy' },
    { from: 42, to: 70, state: 'unhealthy' },
  ],
};

/** What an operator may get to see of a shop: some drills held, some broke, one could not tell. */
export const shop: DrillReport = report({
  seconds: 95.53,
  drills: [
    result({
      id: 'runs-as-non-root',
      service: 'db',
      claim: 'No process of the service runs as root',
      summary: 'all 7 processes run as uid 70',
      evidence: [
        { name: 'user', value: 'uid 70, gid 70' },
        { name: 'processes', value: 7 },
      ],
      seconds: 3.1,
      waited: 0,
    }),
    result({
      outcome: 'broke',
      summary: 'lost 39 of 1,675 requests: its listener closed 1.7 s before the balancer noticed',
      evidence: [
        { name: 'requests sent', value: 1675 },
        { name: 'requests answered', value: 1636 },
        { name: 'requests lost', value: 39 },
        { name: 'by kind', value: ['keep-alive: 31 of 820', 'fresh: 2 of 610', 'slow: 6 of 45'] },
        { name: 'latency p99', value: 26.44, unit: 'ms' },
        { name: 'exit code', value: 0 },
        { name: 'killed by the engine', value: false },
        { name: 'time to exit', value: 2.08, unit: 's' },
      ],
      advice: [
        'Answer "not ready" for 2 s after SIGTERM, with Connection: close, and only then close the listener',
        'stop_grace_period: 15s',
      ],
      requests: { sent: 1675, answered: 1636, lost: 39, refused: 88 },
      repeated: { held: 1, of: 3 },
      timeline: stop,
      seconds: 48.2,
    }),
    result({
      id: 'read-only-root',
      outcome: 'broke',
      claim: 'The service serves its requests with a read-only root file system',
      summary: 'with read_only: true it ends with code 1; it writes to 3 places outside its mounts',
      evidence: [
        {
          name: 'written outside its mounts',
          value: [
            '/app/.cache/next/swc-linux-x64/a-rather-long-file-name-that-goes-on-and-on.bin',
            '/run/app.pid',
            '/tmp/upload-1',
          ],
        },
        { name: 'last line it logged', value: "Error: EROFS: read-only file system, open '/run/app.pid'" },
      ],
      advice: ['tmpfs: [/run, /tmp, /app/.cache]'],
      seconds: 6.02,
      waited: 0,
    }),
    result({
      id: 'memory-limit',
      claim: 'At its memory limit the service is killed and serves again',
      summary: 'killed at 256 MiB by the kernel, served again after 3.1 s',
      evidence: [
        { name: 'memory limit', value: 268_435_456, unit: 'bytes' },
        { name: 'memory under load', value: 61_234_567, unit: 'bytes' },
        { name: 'OOMKilled', value: true },
        { name: 'served again after', value: 3.1, unit: 's' },
      ],
      requests: { sent: 1500, answered: 1424, lost: 76, refused: 0 },
      timeline: memory,
      seconds: 31.4,
      waited: 20,
    }),
    result({
      id: 'honest-health',
      outcome: 'inconclusive',
      claim: 'The health check fails when the service cannot serve, and only then',
      summary:
        'time was over after 3 of 5 faults; frozen it turned unhealthy after 37 s of the 90 s that interval and retries allow',
      evidence: [
        { name: 'detection time', value: 37, unit: 's' },
        { name: 'faults tried', value: ['frozen', 'port blocked', 'worker killed'] },
      ],
      timeline: frozen,
      seconds: 70,
      waited: 64,
    }),
    result({
      id: 'no-new-privileges',
      claim: 'No process can gain privileges',
      summary: 'NoNewPrivs is set in all 3 processes',
      seconds: 0.41,
      waited: 0,
    }),
  ],
  skipped: [
    { id: 'honest-health', service: 'worker', because: 'no health check', applies: false },
    { id: 'health-flap', service: 'worker', because: 'no health check', applies: false },
    { id: 'graceful-stop', service: 'worker', because: 'it listens on no port', applies: false },
  ],
  standIns: [
    { kind: 'volume', service: 'db', wanted: 'pgdata', used: 'a new, empty volume' },
    { kind: 'port', service: 'web', wanted: '443:8443/tcp', used: '127.0.0.1:49153' },
    { kind: 'network', service: undefined, wanted: 'proxy (external)', used: 'a new network' },
  ],
});

function perSecond(seconds: number, value: (at: number) => number) {
  return steps(seconds, 1, value);
}

function steps(count: number, apart: number, value: (at: number) => number) {
  return Array.from({ length: count }, (_, index): [number, number] => [index * apart, value(index * apart)]);
}
