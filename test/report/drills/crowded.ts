import type { DrillReport } from '../../../src/vocabulary/drill.ts';
import { report, result } from './some-report.ts';

const times = (count: number, apart: number, value: (at: number) => number) =>
  Array.from({ length: count }, (_, index): [number, number] => [index * apart, value(index * apart)]);

/** What strains a drawing: thousands of points, dozens of events at once, long names, no measure at all, extremes. */
export const crowded: DrillReport = report({
  project: 'a-project-with-a-name-that-is-much-longer-than-anybody-would-like-it-to-be',
  drills: [
    result({
      id: 'log-flood',
      service: 'a-service-with-a-very-long-name-indeed-that-goes-on',
      outcome: 'broke',
      summary: `wrote 20 MB of lines; ${'the log grew and grew and '.repeat(6)}was 275 MB`,
      evidence: [{ name: 'files', value: Array.from({ length: 90 }, (_, index) => `/var/log/${'x'.repeat(index)}`) }],
      advice: [`logging: { driver: json-file, options: { ${'max-size: 10m, '.repeat(12)} } }`],
      timeline: {
        seconds: 200,
        series: [
          { name: 'answered', panel: 'requests', unit: '/s', points: times(200, 1, () => 2000) },
          {
            name: 'lost',
            panel: 'requests',
            unit: '/s',
            points: times(200, 1, (at) => (at === 77 || at === 150 ? 1 : 0)),
          },
          {
            name: 'memory of the whole control group',
            panel: 'memory',
            unit: 'bytes',
            limit: 2 ** 33,
            points: times(6000, 1 / 30, (at) => 2 ** 26 * (1 + Math.sin(at))),
          },
          { name: 'log on disk', panel: 'other', unit: 'bytes', limit: 3e7, points: times(200, 1, (at) => at * 1.4e6) },
          { name: 'file descriptors', panel: 'other', unit: '', points: times(50, 4, (at) => at * 7) },
          ...['a', 'b', 'c', 'd', 'e'].map((name) => ({
            name: `a rather long name of a series, ${name}`,
            panel: 'cpu' as const,
            unit: '%',
            points: times(40, 5, (at) => (at * name.charCodeAt(0)) % 100),
          })),
        ],
        events: Array.from({ length: 40 }, (_, index) => ({
          at: 60 + index * 0.8,
          what: `event ${index} of many, in words`,
          by: (['drill', 'engine', 'service'] as const)[index % 3] ?? 'drill',
        })),
        health: Array.from({ length: 30 }, (_, index) => ({
          from: index * 6,
          to: index * 6 + 6,
          state: ['starting', 'healthy', 'unhealthy', 'an odd state'][index % 4] ?? '',
        })),
      },
    }),
    result({
      id: 'clock',
      timeline: {
        seconds: 0,
        series: [{ name: 'one point', panel: 'latency', unit: 'ms', points: [[0, 0]] }],
        events: [
          {
            at: 0,
            what: 'at the very beginning, and with words that go on and on and on without any end in sight',
            by: 'drill',
          },
          { at: 0, what: 'and at the very end', by: 'engine' },
        ],
        health: [],
      },
    }),
    result({
      id: 'pid-1',
      timeline: {
        seconds: 30,
        series: [],
        events: [
          { at: 29.9, what: 'at the very end, words that are long and long and long', by: 'service' },
          { at: 29.95, what: 'more', by: 'engine' },
        ],
        health: [],
      },
    }),
    result({ id: 'fd-limit', timeline: { seconds: 5, series: [], events: [], health: [] } }),
  ],
});
