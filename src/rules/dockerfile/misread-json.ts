import { doubleQuotes } from '../../cures/double-quotes.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

/** CMD and ENTRYPOINT are the business of `shell-form-command`, since a shell runs them then. */
const keywords: ReadonlySet<string> = new Set(['VOLUME', 'COPY', 'ADD', 'RUN', 'HEALTHCHECK']);

export const misreadJson: Rule = {
  id: 'dockerfile/misread-json',
  summary: 'A list in brackets that Docker does not read as one',
  why: 'With single quotes, a stray comma or none, the brackets are taken as text: the volume is called "[\'/data\']", and the data lies elsewhere.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#exec-form',
    'https://docs.docker.com/reference/dockerfile/#volume',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: ['dockerfile-utils:JSON_IN_SINGLE_QUOTES'],
  byHand: 'only you know which words were meant',
  examples: { bad: 'bad-single-quotes', good: 'good-double-quotes' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'file')) {
      const text = listIn(step);
      if (text === undefined) continue;
      report({
        at: step.instruction.keywordSpan,
        message: `${step.instruction.keyword} is meant as a JSON array but is none, so the brackets are part of its text`,
        severity: step.stage.isUsed ? 'high' : 'low',
        fix: () => doubleQuotes(step, text),
        aliases: text.includes("'") ? ['dockerfile-utils:JSON_IN_SINGLE_QUOTES'] : [],
      });
    }
  },
};

/** What looks like `['a', 'b']`. `RUN [ "$a" = "b" ]` is a test, so a command must have a comma between its words. */
function listIn({ instruction }: Step): string | undefined {
  const { keyword, form, heredocs } = instruction;
  if (!keywords.has(keyword) || form === 'exec' || heredocs.length > 0) return undefined;
  const text = instruction.body.text.replace(keyword === 'HEALTHCHECK' ? /^\s*CMD\s+/i : /^\s+/, '').trimEnd();
  if (!text.startsWith('[') || !text.endsWith(']') || !/^\[\s*['"“”‘’]/.test(text)) return undefined;
  if (keyword === 'VOLUME' || keyword === 'COPY' || keyword === 'ADD') return text;
  return /['"“”‘’]\s*,\s*['"“”‘’]/.test(text) || /^\['[^']*'\]$/.test(text) ? text : undefined;
}
