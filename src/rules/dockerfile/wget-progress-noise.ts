import { addOption } from '../../cures/add-option.ts';
import { leftBecause } from '../../edit/change.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../../model/image/image-of.ts';
import { managerIn } from '../../model/image/manager-in.ts';
import { programOf } from '../../model/image/programs.ts';
import { downloadOf } from '../downloads.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const wgetProgressNoise: Rule = {
  id: 'dockerfile/wget-progress-noise',
  summary: 'wget that fills the build log with its progress',
  why: 'A download prints thousands of lines of dots, and the line that says what failed is lost among them.',
  sources: ['https://www.gnu.org/software/wget/manual/wget.html#index-progress-indicator'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['OPS10'],
  aliases: ['hadolint:DL3047'],
  optIn: true,
  examples: { bad: 'bad-plain', good: 'good-quiet' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN'))
      for (const command of step.commands) {
        const download = downloadOf(command);
        if (download?.program !== 'wget') continue;
        const quiet = [
          '-q',
          '--quiet',
          '-nv',
          '--no-verbose',
          '--progress',
          '-o',
          '--output-file',
          '-a',
          '--append-output',
          '-b',
          '--background',
        ];
        if (
          !quiet.some((name) => download.flags.has(name)) &&
          !command.words.some(({ text }) => /^-[a-zA-Z]*(?:nv|q)/.test(text))
        )
          report({
            at: command.span,
            message: 'wget prints its progress into the build log',
            // BusyBox knows -q only; GNU wget would hide errors by it, and has -nv.
            fix: () =>
              command.redirects.some(({ operator }) => /^(?:2|&)>|^>&/.test(operator))
                ? leftBecause('somebody reads what it prints')
                : addOption(step, programOf(command).path, isGnu(step) ? '-nv' : '-q'),
          });
      }
  },
};

function isGnu({ stage }: Step): boolean {
  const { facts, software } = imageOfStage(stage);
  const family = facts?.os?.family;
  const manager = managerIn(stage);
  if (family === undefined && manager !== undefined && manager !== 'apk') return true;
  return (
    (family !== undefined && !['alpine', 'busybox', 'wolfi'].includes(family)) ||
    software.packages.some(({ name }) => name === 'wget')
  );
}
