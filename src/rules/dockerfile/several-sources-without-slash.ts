import { finalSlash } from '../../cures/final-slash.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const severalSourcesWithoutSlash: Rule = {
  id: 'dockerfile/several-sources-without-slash',
  summary: 'Several files copied to a path without a final slash',
  why: 'Where the directory is not there yet, the path is taken for a file: the build stops, or each file replaces the one before.',
  sources: ['https://docs.docker.com/reference/dockerfile/#copy'],
  severity: 'medium',
  // Builders differ, and BuildKit forgives it where the directory is there already.
  confidence: 'likely',
  since: '0.1.0',
  mission: [],
  aliases: [
    'hadolint:DL3021',
    'trivy:DS-0011',
    'kics:copy_with_more_than_two_arguments_not_ending_with_slash',
    'dockerfile-utils:INVALID_DESTINATION',
  ],
  examples: { bad: 'bad-two-files', good: 'good-slash' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'file')) {
      const { keyword, words } = step.instruction;
      const destination = words.at(-1);
      if ((keyword !== 'COPY' && keyword !== 'ADD') || words.length < 3 || !destination) continue;
      const { text, unset } = step.scope.expand(destination.text);
      if (text === undefined || unset.length > 0 || isDirectory(text, step)) continue;
      report({
        at: destination.span,
        message: `${keyword} puts ${words.length - 1} sources into "${destination.text}", which does not end with a slash`,
        fix: () => finalSlash(step),
      });
    }
  },
};

/** Docker takes the current directory, written as such, for the directory that it is. */
function isDirectory(path: string, step: Step): boolean {
  const windows = step.stage.dockerfile.tree.escape === '`' && path.endsWith('\\');
  return path.endsWith('/') || path === '.' || path.endsWith('/.') || windows;
}
