import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { weighed } from '../bases.ts';
import type { Rule } from '../rule.ts';

export const copyRelativeWithoutWorkdir: Rule = {
  id: 'dockerfile/copy-relative-without-workdir',
  summary: 'COPY to a relative path where no WORKDIR is set',
  why: 'The files land in the root directory, among the system\'s own, where a folder named "bin" or "etc" overwrites them.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#workdir',
    'https://docs.docker.com/reference/dockerfile/#destination-1',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: [],
  aliases: ['hadolint:DL3045'],
  examples: { bad: 'bad-copy-dot', good: 'good-workdir' },
  dockerfile(dockerfile, report) {
    for (const stage of dockerfile.stages)
      for (const step of stage.steps) {
        const { keyword, words } = step.instruction;
        const destination = words.at(-1);
        if ((keyword !== 'COPY' && keyword !== 'ADD') || words.length < 2 || !destination) continue;
        const { workdir } = step;
        // Set in this file, or known to be set by the base.
        if (workdir?.from.kind === 'file' || (workdir && workdir.value !== '/')) continue;
        const { text, unset } = step.scope.expand(destination.text);
        if (text === undefined || unset.length > 0 || /^(?:\/|\\|[A-Za-z]:)/.test(text)) continue;
        // One WORKDIR mends them all, so one finding a stage.
        report({
          at: destination.span,
          message: workdir
            ? `${keyword} to "${destination.text}", and no WORKDIR is set: it goes into "/"`
            : `${keyword} to "${destination.text}", and no WORKDIR is set: where it goes is up to the base image`,
          severity: weighed(stage, workdir && mayOverwrite(step) ? 'medium' : 'low'),
          confidence: workdir ? 'likely' : 'guess',
          aliases: keyword === 'COPY' ? ['hadolint:DL3045'] : [],
        });
        break;
      }
  },
};

/** Files with a name of their own land beside the system's folders; on scratch there is nothing to overwrite. */
function mayOverwrite({ stage, instruction }: Step): boolean {
  if (stage.from.isScratch) return false;
  // A file's name has 255 bytes at most.
  const names = instruction.words.slice(0, -1).map(({ text }) => text.slice(-255));
  return !names.every((name) => /[^/.][^/]*\.[a-z]\w*$/i.test(name));
}
