import type { Rule } from '../rule.ts';

/** Files that may be missing here and be there where it is deployed have rules of their own. */
const elsewhere = new Set(['missing-file', 'required-variable']);
/** Not a matter of the schema: what a validator of single files cannot see. */
const beyondSchema =
  /^(?:undefined-|dependency-cycle|include-cycle|extends-cycle|bad-extends|bad-include|mounted-twice|distinct-values|fixed-name-scaled|missing-file|unreadable-file|no-compose-file|too-many-|platform-conflict|exclusive-keys|no-image|merge-conflict|external-conflict|no-build)/;

export const refusedByLoader: Rule = {
  id: 'compose/refused-by-loader',
  summary: 'Compose refuses the project',
  why: '`docker compose up` ends with an error, and nothing is deployed.',
  sources: [
    'https://docs.docker.com/reference/compose-file/',
    'https://docs.docker.com/reference/cli/docker/compose/config/',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['CHK4'],
  aliases: ['dclint:invalid-schema', 'dclint:invalid-yaml', 'dclint:service-container-name-regex'],
  byHand: 'Compose refuses the file as it stands; only you know what was meant',
  examples: { bad: 'bad-unknown-key', good: 'good-extension' },
  compose(compose, report) {
    const told = new Set<string>();
    const isBroken = compose.faults.some(({ code }) => isYaml(code));
    for (const { code, message, span, refused } of compose.faults) {
      if (!refused || elsewhere.has(code)) continue;
      // One mistake is often met by several phases: the first says it best.
      const place = `${span.file}\0${span.start}`;
      if (told.has(place)) continue;
      told.add(place);
      report({
        at: span,
        message: `Compose refuses it: ${message}`,
        aliases: isBroken ? (isYaml(code) ? ['dclint:invalid-yaml'] : []) : aliasesOf(code, message),
      });
    }
  },
};

function aliasesOf(code: string, message: string): readonly string[] {
  if (beyondSchema.test(code)) return [];
  const isName = code === 'bad-value' && message.includes('.container_name ');
  return isName ? ['dclint:invalid-schema', 'dclint:service-container-name-regex'] : ['dclint:invalid-schema'];
}

/** A parser stops there: what follows from it is no matter of the schema. */
function isYaml(code: string): boolean {
  return code.startsWith('yaml-') || code === 'duplicate-key';
}
