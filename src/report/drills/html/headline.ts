import type { DrillReport } from '../../../vocabulary/drill.ts';
import { count } from '../../listed.ts';
import { tallyDrills } from '../tally.ts';

export interface DrillHeadline {
  readonly mood: 'bad' | 'warn' | 'good';
  readonly text: string;
  /** What to make of it, in a sentence. */
  readonly advice: string;
}

/** What a tired reader must know first. Says no more than was seen: what could not be told keeps it from being good. */
export function drillHeadline({ drills, skipped }: DrillReport): DrillHeadline {
  const { broke, inconclusive, held } = tallyDrills(drills);
  if (drills.length === 0)
    return { mood: 'warn', text: 'Nothing was drilled', advice: 'So nothing is proved; see below why.' };
  if (broke > 0)
    return {
      mood: 'bad',
      text: `${broke} of ${count(drills.length, 'claim')} broke`,
      advice: 'Each was seen to fail on a live engine: it will fail in production too. The worst stands first.',
    };
  if (inconclusive > 0)
    return {
      mood: 'warn',
      text: `${count(held, 'claim')} held, ${inconclusive} could not be told`,
      advice: 'What is inconclusive is no pass: see what was in the way, and drill again.',
    };
  const rest = skipped.length > 0 ? ' What was not drilled, and why, stands at the end.' : '';
  return {
    mood: 'good',
    text: drills.length === 1 ? 'The claim held' : `All ${drills.length} claims held`,
    advice: `Each was seen to hold on a live engine, not only written in a file.${rest}`,
  };
}
