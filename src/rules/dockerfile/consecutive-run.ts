import type { Rule } from '../rule.ts';

export const consecutiveRun: Rule = {
  id: 'dockerfile/consecutive-run',
  summary: 'RUN instructions one after the other that could be one',
  why: 'Each is a layer of its own, and what a later one deletes stays in the earlier one.',
  sources: ['https://docs.docker.com/build/building/best-practices/#minimize-the-number-of-layers'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL3059', 'kics:multiple_run_add_copy_instructions_listed'],
  // Separate layers are cached and pulled separately, which is worth more than their number.
  optIn: true,
  byHand: 'separate layers are cached separately, and only you know which parts change often',
  examples: { bad: 'bad-two', good: 'good-one' },
  dockerfile(dockerfile, report) {
    for (const stage of dockerfile.stages) {
      if (!stage.isInherited) continue;
      for (const [index, step] of stage.steps.entries()) {
        const before = stage.steps[index - 1]?.instruction;
        const { instruction } = step;
        if (instruction.keyword !== 'RUN' || before?.keyword !== 'RUN') continue;
        // Mounts, networks and heredocs belong to one RUN and cannot be joined with another's.
        const flags = (one: typeof instruction) => one.flags.map(({ name, value }) => `${name}=${value}`).join(' ');
        if (flags(instruction) !== flags(before) || instruction.heredocs.length + before.heredocs.length > 0) continue;
        report({ at: instruction.keywordSpan, message: 'This RUN follows another at once' });
      }
    }
  },
};
