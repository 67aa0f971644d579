import { keepsUp, type Step } from './flap-verdict.ts';

/**
 * The load that comes next. When one was more than the service could take, what it answered in that time is all it can:
 * four fifths of it are a rush hour without a queue, and once more where not even the first was to be had.
 */
export function nextRate(rates: readonly number[], steps: readonly Step[]): number | undefined {
  const last = steps.at(-1);
  if (!last) return rates[0];
  if (last.called === 'ended' || last.isOurs) return undefined;
  const drowned = steps.find((step) => !keepsUp(step));
  if (!drowned) return last.called === 'healthy' ? rates[steps.length] : undefined;
  if (drowned !== last) return undefined;
  const can = Math.round(0.8 * drowned.pace * drowned.rate);
  const known = steps.at(-2)?.rate ?? 0;
  return can >= Math.max(1, 1.2 * known) ? can : undefined;
}
