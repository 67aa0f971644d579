import { dropVersion } from '../../cures/drop-version.ts';
import type { Rule } from '../rule.ts';

export const obsoleteVersion: Rule = {
  id: 'compose/obsolete-version',
  summary: 'The Compose file says which version it is',
  why: 'Compose ignores it and warns at every call, and readers look up limits of a version that mean nothing any more.',
  sources: ['https://docs.docker.com/reference/compose-file/version-and-name/#version-top-level-element-obsolete'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['CHK4'],
  aliases: ['dclint:no-version-field'],
  examples: { bad: 'bad-version', good: 'good-none' },
  compose(compose, report, project) {
    for (const { code, span } of compose.faults)
      if (code === 'obsolete-version')
        report({
          at: span,
          message: 'The top-level "version" is obsolete and ignored',
          fix: () => dropVersion(project, span.file),
        });
  },
};
