import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

/** Programs for people at a terminal, or for a running system: in a build nobody looks, and nothing runs on. */
const forPeople: ReadonlySet<string> = new Set(
  'vim vi nano emacs top htop less more man free shutdown reboot halt poweroff ifconfig mount umount ssh telnet'.split(
    ' ',
  ),
);

export const uselessCommand: Rule = {
  id: 'dockerfile/useless-command',
  summary: 'A command that does nothing in a build',
  why: 'No process outlives its RUN and nobody sits at a terminal: the daemon started here does not run in the container, and the check proves nothing.',
  sources: ['https://docs.docker.com/reference/dockerfile/#run'],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL3001', 'kics:run_utilities_and_posix_commands', 'semgrep:nonsensical-command'],
  byHand: 'only you know what it was meant for; what must run goes into the start command',
  examples: { bad: 'bad-service-start', good: 'good-started-for-the-same-run' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN')) {
      for (const command of step.commands) {
        const { name, args } = programOf(command);
        if (name === undefined || args.some(({ text }) => text === '--version' || text === '-V')) continue;
        if ((forPeople.has(name) && !isAtWork(name, step, command)) || isAlone(name, step))
          report({ at: command.span, message: `"${name}" does nothing for a build` });
        else if (startsForNothing(step, command))
          report({ at: command.span, severity: 'medium', message: 'The service started here ends with its RUN' });
      }
    }
  },
};

/** Listing or ending processes makes sense where the same RUN started some. */
function isAlone(name: string, step: Step): boolean {
  const [first] = step.commands;
  return (name === 'ps' || name === 'kill') && step.commands.every(({ pipeline }) => pipeline === first?.pipeline);
}

/** An editor with commands to run, a pager as a filter, a mount that a privileged build may do. */
function isAtWork(name: string, step: Step, command: ShellCommand): boolean {
  if (/^(?:vim?|emacs)$/.test(name))
    return command.words.some(({ text }) => /^(?:\+|-c$|-e|-E|--batch|-S$|-u$)/.test(text));
  if (name === 'mount' || name === 'umount') return step.instruction.flags.some((flag) => flag.name === 'security');
  return (name === 'less' || name === 'more') && command.joint === '|';
}

/** `service x start` with nothing after it in the RUN that could use it. */
function startsForNothing(step: Step, command: ShellCommand): boolean {
  const { name, args } = programOf(command);
  const starts =
    (name === 'service' && args[1]?.text === 'start') ||
    (name === 'systemctl' && args.some(({ text }) => text === 'start' || text === 'restart')) ||
    (/^\/etc\/init\.d\//.test(programOf(command).path?.text ?? '') && args[0]?.text === 'start');
  return (
    starts &&
    step.commands.at(-1) === command &&
    command.within.length === 0 &&
    !(command.joint === '|' || command.joint === '&')
  );
}
