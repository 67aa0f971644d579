import { splitEnv } from '../../cures/split-env.ts';
import { bareVariables } from '../bare-variables.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const selfReferringEnv: Rule = {
  id: 'dockerfile/self-referring-env',
  summary: 'ENV that uses a variable which the same ENV sets',
  why: 'All values of one ENV are worked out with the variables before it, so the new one is still empty, or still the old one.',
  sources: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: ['hadolint:DL3044'],
  examples: { bad: 'bad-same-line', good: 'good-two-lines' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'file', 'ENV')) {
      const { pairs } = step.instruction;
      const firstOf = new Map<string, number>();
      for (const [index, { key }] of pairs.entries()) if (!firstOf.has(key)) firstOf.set(key, index);
      for (const [index, pair] of pairs.entries()) {
        if (!pair.value?.includes('$')) continue;
        const { used, unset } = step.scope.expand(pair.value);
        // `${NAME:-default}` has an answer for a name that is not set.
        const bare = bareVariables(pair.value);
        for (const name of new Set([...used, ...unset])) {
          const place = firstOf.get(name);
          const set = place === undefined ? undefined : pairs[place];
          // A variable that adds to itself takes its old value, as everybody expects.
          if (place === undefined || !set || name === pair.key || !bare.has(name) || addsToItself(set)) continue;
          const old = step.scope.get(name);
          // Given to the build by somebody, set to the same before, or meant to be the old one.
          if (
            old &&
            (old.value === undefined || old.value === step.scope.expand(set.value ?? '').text || place > index)
          )
            continue;
          report({
            at: pair.valueSpan ?? pair.span,
            message: `${pair.key} uses ${name}, which is set only by this same ENV: ${old ? 'it still has its old value' : 'it is still empty'}`,
            related: [{ at: set.span, message: `${name} is set here` }],
            fix: () => splitEnv(step, pair),
          });
        }
      }
    }
  },
};

function addsToItself({ key, value }: { readonly key: string; readonly value: string | undefined }): boolean {
  return bareVariables(value ?? '').has(key);
}
