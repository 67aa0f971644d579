import { closeScripts } from '../../cures/close-scripts.ts';
import { programOf } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const worldWritable: Rule = {
  id: 'dockerfile/world-writable',
  summary: 'Files of the image that every user may change',
  why: 'Any process in the container, an intruder among them, can replace what the service runs or reads.',
  sources: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG7'],
  aliases: [],
  byHand: 'only you know who must write there: give it to that user with chown',
  examples: { bad: 'bad-chmod-777', good: 'good-owner' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'image')) {
      const { keyword, flags } = step.instruction;
      if (keyword === 'COPY' || keyword === 'ADD') {
        const mode = flags.find(({ name }) => name === 'chmod');
        if (mode?.value !== undefined && isOpen(mode.value))
          report({ at: mode.span, message: `${keyword} --chmod=${mode.value} lets every user change these files` });
        continue;
      }
      if (keyword !== 'RUN') continue;
      for (const command of step.commands) {
        const program = programOf(command);
        if (program.name !== 'chmod' && program.name !== 'mkdir' && program.name !== 'install') continue;
        const { operands, flags: options } = program.options(['-m', '--mode', '--reference', '-o', '-g']);
        const given = options.get('-m') ?? options.get('--mode');
        const mode = program.name === 'chmod' ? operands[0] : given === true ? undefined : given;
        const paths = program.name === 'chmod' ? operands.slice(1) : operands;
        if (!mode || !isOpen(mode.text) || paths.length === 0) continue;
        // Scratch space is everybody's, and what is removed again is nobody's.
        if (paths.every(({ text }) => /^\/(?:var\/)?tmp\b|^\/dev\/|^\/run\b|^\/var\/run\b/.test(text))) continue;
        report({
          at: command.span,
          message: `Mode ${mode.text} lets every user change ${paths.length === 1 ? `"${paths[0]?.text}"` : `"${paths[0]?.text}" and more`}`,
          fix: () => closeScripts(step, mode, paths),
        });
      }
    }
  },
};

/** Write for others, without the sticky bit that makes it a /tmp. */
function isOpen(mode: string): boolean {
  if (/^0?[0-7]{3}$/.test(mode)) return (Number(mode.at(-1)) & 2) === 2;
  if (/^[0-7]{4}$/.test(mode)) return (Number(mode.at(-1)) & 2) === 2 && (Number(mode[0]) & 1) === 0;
  return mode.split(',').some((part) => /^(?=[ugoa]*[oa])[ugoa]+[+=][rxXst]*w/.test(part)) && !/\+[rwxX]*t/.test(mode);
}
