import type { LoadResult } from '../../inside/protocol.ts';
import { wasKilled } from './ending.ts';
import type { LameDuck } from './lame-duck.ts';
import type { StopSeen } from './stop-verdict.ts';

/** What would have made it end better. */
export function adviceFor(seen: StopSeen, duck: LameDuck): string[] {
  const { ending, load, graceSeconds, signal } = seen;
  const advice: string[] = [];
  if (wasKilled(ending)) {
    if (duck.refusedMs !== undefined && duck.refusedMs < graceSeconds * 1000 - 500)
      advice.push(
        'It closed its listener and then waited for connections that stay open: while stopping, answer with `Connection: close` and close idle connections again and again (Node: `server.closeIdleConnections()`)',
      );
    else
      advice.push(
        `It went on as if nothing had been said: handle ${signal} in the app, and see that it gets there (exec form, or \`init: true\`; the drill pid-1 tells)`,
      );
  } else if (isSilent(load))
    advice.push(
      `After ${signal} it answered nobody: what waits in its handler keeps the thread that should answer. Note ${signal} there and no more, and wait for the requests under way elsewhere`,
    );
  else if (load.total.lost > 0 || load.total.refused > 0) advice.push(lameDuckAdvice(seen, duck));
  const neededSeconds = Math.ceil(duck.neededMs / 1000) + 1;
  if (neededSeconds > graceSeconds) advice.push(`stop_grace_period: ${neededSeconds + 4}s`);
  return advice;
}

/** Most of what it lost, it lost by saying nothing for so long that clients gave up. */
const isSilent = ({ losses }: LoadResult): boolean =>
  2 * losses.filter(({ reason }) => reason === 'timeout').length > losses.length;

/** What a database's clients do, no balancer decides. */
export const speaksHttp = ({ byKind }: LoadResult): boolean => Object.keys(byKind).some((kind) => kind !== 'tcp');

export function lameDuckAdvice({ signal, readiness, noticeMs }: StopSeen, { neededMs }: LameDuck): string {
  const flips = readiness === undefined ? 'its readiness says 503' : `${readiness} says 503`;
  return `Keep answering for ${neededMs / 1000} s after ${signal} while ${flips}, with \`Connection: close\`, and only then close the listener: a balancer may need ${noticeMs / 1000} s to notice`;
}
