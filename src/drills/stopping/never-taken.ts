import type { LoadCount, LoadResult } from '../../inside/protocol.ts';

/**
 * Requests over plain TCP that were sent, and that the service never read: the kernel resets what waits for a listener
 * that closes, or lies unread when a process ends, while what was read ends with FIN. Clients of a database connect again;
 * so these are counted as refused, not as lost. (Over HTTP a request that was reset is lost: no balancer may send a POST
 * again.) Only what happened from `sinceMs` of the load on, and of the losses that the load has kept.
 */
export function neverTaken(load: LoadResult, sinceMs: number): LoadResult {
  const isOne = ({ kind, reason, atMs }: LoadResult['losses'][number]) =>
    kind === 'tcp' && reason === 'reset' && atMs >= sinceMs;
  const count = load.losses.filter(isOne).length;
  const own = load.byKind.tcp;
  if (count === 0 || !own) return load;
  return {
    ...load,
    total: moved(load.total, count),
    byKind: { ...load.byKind, tcp: moved(own, count) },
    losses: load.losses.filter((loss) => !isOne(loss)),
  };
}

const moved = (count: LoadCount, by: number): LoadCount => ({
  ...count,
  sent: count.sent - by,
  lost: count.lost - by,
  refused: count.refused + by,
});
