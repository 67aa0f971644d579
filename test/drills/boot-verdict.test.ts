import { describe, expect, test } from 'vitest';
import { type Boot, type Boots, judgeBoots } from '../../src/drills/health/boot-verdict.ts';
import type { HealthPace } from '../../src/drills/health/health-pace.ts';

const pace: HealthPace = { intervalMs: 1000, timeoutMs: 2000, startPeriodMs: 10_000, retries: 3 };
const boot = (healthyMs: number | undefined, more: Partial<Boot> = {}): Boot => ({
  which: 'again',
  openMs: undefined,
  healthyMs,
  gaveUpMs: undefined,
  restarts: 0,
  hinderedMs: 0,
  usedMs: 0,
  ...more,
});

describe('boots', () => {
  test.each<[string, readonly Boot[], Partial<Boots>, string, string, readonly string[]]>([
    ['well within', [boot(2000), boot(3000)], {}, 'held', '3.0 s after its start at the latest', []],
    ['barely within', [boot(2000), boot(9000)], {}, 'held', '9.0 s', ['start_period: 20s']],
    [
      'longer than start_period, within the retries',
      [boot(11_000)],
      {},
      'held',
      'waits 12 s (start_period 10s)',
      ['start_period: 25s'],
    ],
    ['longer than both', [boot(2000), boot(13_000)], {}, 'broke', 'needs 13 s', ['start_period: 30s']],
    [
      'called unhealthy before',
      [boot(14_000, { gaveUpMs: 12_500 })],
      {},
      'broke',
      'called unhealthy after 13 s',
      ['start_period: 30s'],
    ],
    ['sick only after it was well', [boot(2000, { gaveUpMs: 5000 })], {}, 'held', '2.0 s', []],
    [
      'without a start_period, but with a patient check',
      [boot(20_000)],
      { pace: { ...pace, startPeriodMs: 0, intervalMs: 30_000 } },
      'held',
      'waits 90 s',
      [],
    ],
    [
      'on an engine that makes no probes',
      [boot(undefined, { noProbes: 'Podman made no probe' })],
      {},
      'inconclusive',
      'Podman made no probe',
      [],
    ],
    ['never', [boot(undefined, { because: 'refused' })], {}, 'inconclusive', 'never healthy: refused', []],
    [
      'open late, and its check too slow for its CPU',
      [boot(undefined, { openMs: 20_000, gaveUpMs: 13_000 })],
      {},
      'broke',
      'port was open after 20 s',
      ['start_period: 40s'],
    ],
    [
      'late, because others had the CPU',
      [boot(24_000, { gaveUpMs: 16_000, hinderedMs: 20_000 })],
      {},
      'inconclusive',
      'too busy to blame it',
      [],
    ],
    [
      'late on a machine where all is late',
      [boot(14_000, { gaveUpMs: 12_500 })],
      { crowd: '46 processes want its 4 CPUs' },
      'inconclusive',
      '46 processes want its 4 CPUs',
      [],
    ],
    [
      'late on such a machine, with more work than its own limit lets it do in time',
      [boot(18_000, { gaveUpMs: 12_500, hinderedMs: 13_000, usedMs: 3500 })],
      { crowd: '46 processes want its 4 CPUs', cpus: 0.25 },
      'broke',
      'needs 18 s',
      ['start_period: 40s'],
    ],
    [
      'very late on a machine where all is late',
      [boot(50_000, { gaveUpMs: 12_500, hinderedMs: 9000 })],
      { crowd: '46 processes want its 4 CPUs' },
      'broke',
      'needs 50 s',
      ['start_period: 100s'],
    ],
    ['open early, and warm late', [boot(13_000, { openMs: 2000 })], {}, 'broke', 'needs 13 s', ['start_period: 30s']],
    [
      'open early, and probed late on a machine where all is late',
      [boot(30_000, { openMs: 2000 })],
      { crowd: '46 processes want its 4 CPUs' },
      'inconclusive',
      'too busy to blame it',
      [],
    ],
    [
      'open early, and never healthy',
      [boot(undefined, { openMs: 500, gaveUpMs: 13_000, because: '404' })],
      {},
      'inconclusive',
      '404',
      [],
    ],
    ['not every time', [boot(2000), boot(undefined)], {}, 'inconclusive', '1 of 2 boots', []],
    ['slow with half a core', [boot(2000)], { scarce: boot(11_000) }, 'held', '2.0 s', ['start_period: 25s']],
  ])('%s', (_, boots, more, outcome, words, advice) => {
    const told = judgeBoots({ boots, scarce: undefined, pace, cpus: undefined, crowd: undefined, ...more });
    expect(told.outcome).toBe(outcome);
    expect(told.summary).toContain(words);
    expect(told.advice ?? []).toEqual(advice);
  });
});
