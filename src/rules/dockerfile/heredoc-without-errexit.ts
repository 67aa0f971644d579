import { stopAtFailure } from '../../cures/stop-at-failure.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const heredocWithoutErrexit: Rule = {
  id: 'dockerfile/heredoc-without-errexit',
  summary: 'A heredoc script that goes on after a command fails',
  why: 'Only the last command decides: a failed download or install in the middle leaves a broken image, and the build says it went well.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#here-documents',
    'https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#set',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: [],
  examples: { bad: 'bad-plain-script', good: 'good-set-e' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN')) {
      const [heredoc] = step.instruction.heredocs;
      // `RUN cat <<EOF > file` writes a file; only a body that is the script itself is one.
      if (!heredoc || step.instruction.heredocs.length > 1 || !/^\d*<<-?\s*\S+\s*$/.test(step.instruction.body.text))
        continue;
      if (step.commands.length === 0 || stopsAtFailure(step, heredoc.body)) continue;
      const own = step.commands.filter(
        ({ span }) => span.start >= heredoc.bodySpan.start && span.end <= heredoc.bodySpan.end,
      );
      const careless = own.filter((command) => command.within.length === 0 && isStatement(command.joint));
      // One statement is its own last; `a && b && c` stops by itself.
      if (careless.length < 2) continue;
      report({
        at: heredoc.markerSpan,
        message: 'The script goes on when one of its commands fails',
        confidence: step.certain ? 'certain' : 'likely',
        fix: () => stopAtFailure(step),
      });
    }
  },
};

function isStatement(joint: string | undefined): boolean {
  return joint === undefined || joint === ';' || joint === '&';
}

function stopsAtFailure(step: Step, body: string): boolean {
  if (step.shell.slice(1).some((word) => /^-[a-z]*e/.test(word) || word === 'errexit')) return true;
  if (/^#!.*\s-[a-z]*e/.test(body)) return true;
  return step.commands.some(
    ({ name, words }) =>
      name === 'set' && words.slice(1).some(({ text }) => /^-[a-z]*e/.test(text) || text === 'errexit'),
  );
}
