import fc from 'fast-check';
import type { DrillReport, DrillResult, Timeline } from '../../../src/vocabulary/drill.ts';
import { hostileText } from '../some-verdict.ts';

export function result(fields: Partial<DrillResult> = {}): DrillResult {
  return {
    id: 'graceful-stop',
    service: 'web',
    claim: 'Told to stop, the service leaves by itself within its grace period and loses no request',
    outcome: 'held',
    summary: 'left with code 0 after 2.1 s; lost 0 of 2,041 requests',
    evidence: [],
    advice: [],
    seconds: 12.4,
    waited: 10,
    ...fields,
  };
}

export function report(fields: Partial<DrillReport> = {}): DrillReport {
  return {
    version: 1,
    project: 'shop',
    engine: { name: 'Docker Engine', version: '26.1.5', apiVersion: '1.45' },
    startedAt: '2026-11-21T08:00:00.000Z',
    seconds: 95.5,
    drills: [],
    skipped: [],
    standIns: [],
    ...fields,
  };
}

const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e15 });
const seconds = fc.double({ min: 0, max: 4000, noNaN: true });
const texts = fc.array(hostileText, { maxLength: 3 });
const unit = fc.oneof(fc.constantFrom('ms', 's', 'bytes', '/s', '%', ''), hostileText);
const evidence = fc.record(
  { name: hostileText, value: fc.oneof(hostileText, number, fc.boolean(), texts), unit },
  { requiredKeys: ['name', 'value'] },
);
const point = fc.tuple(seconds, number);
const series = fc.record(
  {
    name: hostileText,
    panel: fc.constantFrom('requests', 'latency', 'memory', 'cpu', 'other'),
    unit,
    points: fc.array(point, { maxLength: 12 }),
    limit: number,
  },
  { requiredKeys: ['name', 'panel', 'unit', 'points'] },
);
const timeline = fc.record({
  seconds,
  series: fc.array(series, { maxLength: 5 }),
  events: fc.array(fc.record({ at: seconds, what: hostileText, by: fc.constantFrom('drill', 'engine', 'service') }), {
    maxLength: 6,
  }),
  health: fc.array(fc.record({ from: seconds, to: seconds, state: hostileText }), { maxLength: 4 }),
}) as fc.Arbitrary<Timeline>;
const id = fc.oneof(fc.constantFrom('graceful-stop', 'pid-1', 'clock'), hostileText);
const count = fc.nat({ max: 100_000 });
const someResult = fc.record(
  {
    id,
    service: hostileText,
    claim: hostileText,
    outcome: fc.constantFrom('held', 'broke', 'inconclusive'),
    summary: hostileText,
    evidence: fc.array(evidence, { maxLength: 4 }),
    advice: texts,
    seconds,
    waited: seconds,
    repeated: fc.record({ held: fc.nat({ max: 9 }), of: fc.nat({ max: 9 }) }),
    requests: fc.record({ sent: count, answered: count, lost: count, refused: count }),
    timeline,
  },
  {
    requiredKeys: ['id', 'service', 'claim', 'outcome', 'summary', 'evidence', 'advice', 'seconds', 'waited'],
  },
) as fc.Arbitrary<DrillResult>;
const service = fc.option(hostileText, { nil: undefined });

/** Any report, with texts that break out of formats put together carelessly. */
export const someReport: fc.Arbitrary<DrillReport> = fc.record({
  version: fc.constant(1),
  project: hostileText,
  engine: fc.record({ name: hostileText, version: hostileText, apiVersion: hostileText }),
  startedAt: fc.constant('2026-11-21T08:00:00.000Z'),
  seconds,
  drills: fc.array(someResult, { maxLength: 5 }),
  skipped: fc.array(fc.record({ id, service: hostileText, because: hostileText, applies: fc.boolean() }), {
    maxLength: 4,
  }),
  standIns: fc.array(fc.record({ kind: hostileText, service, wanted: hostileText, used: hostileText }), {
    maxLength: 4,
  }),
}) as fc.Arbitrary<DrillReport>;
