import type { LoadCount, LoadResult, Loss } from '../../src/inside/protocol.ts';

/** What a load might have told: `planned` and `sent` follow from the rest. */
export function someLoad(
  counts: Partial<Pick<LoadCount, 'answered' | 'lost' | 'refused' | 'retried'>> = {},
  rest: Partial<LoadResult> = {},
): LoadResult {
  const { answered = 200, lost = 0, refused = 0, retried = 0 } = counts;
  const total = { planned: answered + lost + refused, sent: answered + lost, answered, lost, refused, retried };
  return {
    total,
    byKind: { fresh: total },
    latency: { p50: 2, p90: 3, p99: 9, max: 12 },
    seconds: [],
    losses: [],
    statuses: {},
    beganMs: 0,
    maxLagMs: 1,
    starved: 0,
    ...rest,
  };
}

export const loss = (atMs: number, reason: Loss['reason'] = 'reset', status?: number): Loss => ({
  atMs,
  kind: 'fresh',
  reason,
  afterMs: 20,
  ...(status === undefined ? {} : { status }),
});
