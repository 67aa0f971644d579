import { triggerStep } from '../../model/dockerfile/build-dockerfile.ts';
import type { Stage, Step } from '../../model/dockerfile/dockerfile.ts';
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
    for (const stage of dockerfile.stages) {
      const lost = lostCopies(stage);
      // One WORKDIR mends them all, so one finding a stage.
      const first = lost.find(({ step }) => step.instruction.keyword === 'COPY') ?? lost[0];
      if (!first) continue;
      const { step, destination } = first;
      const { keyword } = step.instruction;
      report({
        at: destination.span,
        message: step.workdir
          ? `${keyword} to "${destination.text}", and no WORKDIR is set: it goes into "/"`
          : `${keyword} to "${destination.text}", and no WORKDIR is set: where it goes is up to the base image`,
        severity: weighed(stage, step.workdir && mayOverwrite(step) ? 'medium' : 'low'),
        confidence: step.workdir ? 'likely' : 'guess',
        aliases: keyword === 'COPY' ? ['hadolint:DL3045'] : [],
      });
    }
  },
};

function lostCopies(stage: Stage) {
  // `ONBUILD WORKDIR` is in force when the ONBUILD after it runs.
  const moved = stage.steps.findIndex(({ instruction }) => instruction.trigger?.keyword === 'WORKDIR');
  return stage.steps.flatMap((written, index) => {
    const step = triggerStep(written) ?? written;
    const { keyword, words } = step.instruction;
    const destination = words.at(-1);
    if ((keyword !== 'COPY' && keyword !== 'ADD') || words.length < 2 || !destination) return [];
    const { workdir } = step;
    // Set in this file, or known to be set by the base.
    if (workdir?.from.kind === 'file' || (workdir && workdir.value !== '/')) return [];
    const { text, unset } = step.scope.expand(destination.text);
    if (text === undefined || unset.length > 0 || /^(?:\/|\\|[A-Za-z]:)/.test(text)) return [];
    return step !== written && moved !== -1 && moved < index ? [] : [{ step, destination }];
  });
}

/** Files with a name of their own land beside the system's folders; on scratch there is nothing to overwrite. */
function mayOverwrite({ stage, instruction }: Step): boolean {
  if (stage.from.isScratch) return false;
  // A file's name has 255 bytes at most.
  const names = instruction.words.slice(0, -1).map(({ text }) => text.slice(-255));
  return !names.every((name) => /[^/.][^/]*\.[a-z]\w*$/i.test(name));
}
