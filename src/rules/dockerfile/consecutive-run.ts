import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { Rule } from '../rule.ts';

type Instruction = Step['instruction'];

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
    for (const { steps } of dockerfile.stages) {
      const instructions = steps.map(({ instruction }) => instruction.trigger ?? instruction);
      for (const [index, instruction] of instructions.entries()) {
        const before = instructions[index - 1];
        const { keyword } = instruction;
        if (keyword !== before?.keyword || !['RUN', 'COPY', 'ADD'].includes(keyword)) continue;
        // Mounts, networks and heredocs belong to one RUN and cannot be joined with another's.
        const flags = (one: Instruction) => one.flags.map(({ name, value }) => `${name}=${value}`).join(' ');
        if (flags(instruction) !== flags(before) || instruction.heredocs.length + before.heredocs.length > 0) continue;
        if (keyword === 'RUN') report({ at: instruction.keywordSpan, message: 'This RUN follows another at once' });
        else if (instruction.words.at(-1)?.text === before.words.at(-1)?.text)
          report({
            at: instruction.keywordSpan,
            message: `This ${keyword} goes where the one before it goes`,
            aliases: ['kics:multiple_run_add_copy_instructions_listed'],
          });
      }
    }
  },
};
