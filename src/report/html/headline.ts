import { severities } from '../../vocabulary/severity.ts';
import type { Verdict } from '../../vocabulary/verdict.ts';
import { count } from '../listed.ts';
import { tallyFindings } from '../tally.ts';

export interface Headline {
  readonly mood: 'bad' | 'warn' | 'good';
  /** `Not seaworthy: 4 critical findings` */
  readonly text: string;
  /** What to make of it, in a sentence. */
  readonly advice: string;
}

/** What a tired reader must know first. Says no more than was seen: what could not be read keeps it from being good. */
export function headlineOf(verdict: Verdict): Headline {
  const tally = tallyFindings(verdict.findings);
  const worst = severities.find((severity) => tally[severity] > 0);
  if (verdict.files.length === 0)
    return { mood: 'bad', text: 'Nothing was judged', advice: 'No file could be read; see below why.' };
  if (worst === 'critical' || worst === 'high') {
    const advice =
      worst === 'critical'
        ? 'Do not put this in front of users: a critical fault loses data, leaks secrets or opens the host.'
        : 'Put these right before it goes live: each is an outage or a break-in waiting for its day.';
    return { mood: 'bad', text: `Not seaworthy: ${count(tally[worst], `${worst} finding`)}`, advice };
  }
  if (worst === 'medium')
    return {
      mood: 'warn',
      text: `Not yet seaworthy: ${count(tally.medium, 'medium finding')}`,
      advice: 'Nothing critical or high; these will bite on a bad day.',
    };
  if (verdict.unread.length > 0 || verdict.failures.length > 0)
    return {
      mood: 'warn',
      text: 'Not all could be judged',
      advice: 'What was judged has no finding above low; see below what was not.',
    };
  const proof = 'Files say what was asked for; only drills on a live engine would prove that it holds.';
  if (worst === 'low')
    return { mood: 'good', text: `Seaworthy, with ${count(tally.low, 'low finding')}`, advice: proof };
  return { mood: 'good', text: 'Seaworthy, as far as its files can tell', advice: proof };
}
