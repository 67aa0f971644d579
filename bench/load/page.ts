import os from 'node:os';
import type { Frozen, Measured } from './measure.ts';

export const loadTitle = '## Load driver';

/** The section of `docs/benchmarks.md`. */
export function loadSection(rows: readonly Measured[], frozen: Frozen, rate: number, loadBefore: number): string {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const { open, closed } = frozen;
  const of = (part: number) => closed[Math.max(0, Math.ceil(part * closed.length) - 1)] ?? 0;
  return [
    loadTitle,
    '',
    `The driver that drills send their requests with, on a plain Node server on 127.0.0.1, each in a process of its own; Node ${process.version}, ${os.cpus().length} cores; \`npm run build && npm run bench:load\`. The load of the machine before was ${loadBefore.toFixed(1)}. Shares are of one core, all threads counted. Latency counts from when a request should have been sent; lag is the latest that one was sent after that.`,
    '',
    '| requests | asked | answered | lost or refused | driver | server | p50 | p99 | max | lag | peak memory |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(
      ({
        title,
        seconds,
        rate: asked,
        result: { total, latency, maxLagMs },
        driverShare,
        serverShare,
        peakMegabytes,
      }) =>
        `| ${title} | ${asked}/s | ${Math.round(total.answered / seconds)}/s | ${total.lost + total.refused} of ${total.planned} | ${percent(driverShare)} | ${percent(serverShare)} | ${ms(latency.p50)} | ${ms(latency.p99)} | ${ms(latency.max)} | ${ms(maxLagMs)} | ${peakMegabytes.toFixed(0)} MB |`,
    ),
    '',
    'Goal: 2,000 a second from one core.',
    '',
    `A server that stops for one second, under ${rate} requests a second on 10 connections for 10 s. A driver that waits for each answer before it sends the next request asks hardly anybody in that second, so it hardly sees it (coordinated omission):`,
    '',
    '| driver | requests | p50 | p90 | p99 | max |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    `| ours | ${open.total.answered} | ${ms(open.latency.p50)} | ${ms(open.latency.p90)} | ${ms(open.latency.p99)} | ${ms(open.latency.max)} |`,
    `| one that waits | ${closed.length} | ${ms(of(0.5))} | ${ms(of(0.9))} | ${ms(of(0.99))} | ${ms(closed.at(-1) ?? 0)} |`,
    '',
  ].join('\n');
}
