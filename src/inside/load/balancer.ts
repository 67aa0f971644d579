import { askHttp } from '../http/ask-http.ts';
import type { Endpoint } from '../net/endpoint.ts';
import { reach } from '../net/reach.ts';
import type { LoadSpec } from '../protocol.ts';

/**
 * Looks whether the service is up, as a balancer does: the next look comes `everyMs` after the last began, or when that
 * has ended. Calls `onNotice` once, after `fall` bad looks in a row. As HAProxy has it, 2xx and 3xx are good. Returns how
 * it is stopped.
 */
export function balancer(to: Endpoint, notice: NonNullable<LoadSpec['notice']>, onNotice: () => void): () => void {
  const { path, everyMs, fall, timeoutMs } = notice;
  let bad = 0;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function isUp(): Promise<boolean> {
    if (path === undefined) return (await reach(to.host, to.port, timeoutMs)) === 'open';
    const { status = 0 } = await askHttp(to, { method: 'GET', path }, timeoutMs);
    return status >= 200 && status < 400;
  }

  async function look(): Promise<void> {
    const began = performance.now();
    const up = await isUp();
    if (isStopped) return;
    bad = up ? 0 : bad + 1;
    if (bad >= fall) {
      isStopped = true;
      onNotice();
    } else timer = setTimeout(() => void look(), Math.max(0, began + everyMs - performance.now()));
  }

  void look();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
