import type { LoadResult } from '../../inside/protocol.ts';

/** What the balancer and the listener did after the stop signal, in milliseconds from it. */
export interface LameDuck {
  /** When the balancer had noticed; undefined where it never did. */
  readonly noticedMs: number | undefined;
  /** When the first connection was refused; undefined where none was. */
  readonly refusedMs: number | undefined;
  /** For how long it must go on answering after the signal so that nobody is turned away: what a balancer needs at worst, in tenths of seconds. */
  readonly neededMs: number;
}

/**
 * `toldMs`: when the signal was sent, since the load began. `noticeMs`: how long a balancer may take (x-seaworthy.drill).
 * The poll that would have noticed may have been made just before the signal, so it is the longer of what was measured
 * and what is allowed.
 */
export function lameDuckOf(result: LoadResult, toldMs: number, noticeMs: number): LameDuck {
  const after = (ms: number | undefined) => (ms === undefined ? undefined : Math.max(0, ms - toldMs));
  const noticedMs = after(result.noticedMs);
  const refusedMs =
    result.firstRefusedMs !== undefined && result.firstRefusedMs >= toldMs ? after(result.firstRefusedMs) : undefined;
  // What was noticed by its being gone took the time until it was gone as well.
  const tookMs = (noticedMs ?? 0) - (refusedMs ?? 0);
  return { noticedMs, refusedMs, neededMs: Math.ceil(Math.max(noticeMs, tookMs) / 100) * 100 };
}
