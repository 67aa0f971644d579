import { expect } from 'vitest';
import { runLoad } from '../../../src/inside/load/run-load.ts';
import type { LoadPart, LoadResult, LoadSpec } from '../../../src/inside/protocol.ts';

type Part = Partial<LoadPart> & Pick<LoadPart, 'kind'>;

/** 40 requests in 0.2 s, unless told otherwise. */
export const specOf = (port: number, part: Part | readonly Part[], rest: Partial<LoadSpec> = {}): LoadSpec => ({
  host: '127.0.0.1',
  port,
  seconds: 0.2,
  timeoutMs: 15_000,
  parts: [part].flat().map((one) => ({ rate: 200, request: { method: 'GET', path: '/' }, ...one })),
  ...rest,
});

/** Runs a load to its end, and looks whether its account is in order. */
export async function loadOn(
  port: number,
  part: Part | readonly Part[],
  rest: Partial<LoadSpec> = {},
): Promise<LoadResult> {
  const load = await runLoad(specOf(port, part, rest));
  return inOrder(await load.result);
}

/** Every request that was planned is in the account, once, however it ended. */
export function inOrder(result: LoadResult): LoadResult {
  const kinds = Object.values(result.byKind);
  for (const count of [result.total, ...kinds]) {
    expect(count.planned).toBe(count.sent + count.refused);
    expect(count.sent).toBe(count.answered + count.lost);
  }
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  for (const name of ['planned', 'sent', 'answered', 'lost', 'refused', 'retried'] as const)
    expect(sum(kinds.map((count) => count[name]))).toBe(result.total[name]);
  for (const name of ['answered', 'lost', 'refused'] as const)
    expect(sum(result.seconds.map((second) => second[name]))).toBe(result.total[name]);
  expect(result.losses.length).toBe(Math.min(50, result.total.lost));
  expect(result.starved).toBe(0);
  return result;
}

/** Why requests were lost, and how many for each reason. */
export function reasons({ losses }: LoadResult): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { reason } of losses) found[reason] = (found[reason] ?? 0) + 1;
  return found;
}
