import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { commandsNear, stepsIn } from '../steps.ts';

export const passwordSet: Rule = {
  id: 'dockerfile/password-set',
  summary: 'A login password set for a user of the image',
  why: 'All containers of the image share the password, "docker history" or /etc/shadow gives it away, and only an SSH server or su has any use for it.',
  sources: [
    'https://docs.docker.com/build/building/secrets/',
    'https://manpages.debian.org/stable/passwd/chpasswd.8.en.html',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG10', 'IMG7'],
  aliases: ['checkov:CKV2_DOCKER_17'],
  drill: 'secrets-stay-secret',
  byHand: 'only you know who logs in with it',
  examples: { bad: 'bad-chpasswd', good: 'good-locked' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN'))
      for (const command of step.commands) {
        const found = setBy(step, command);
        if (!found) continue;
        report({
          at: command.span,
          severity: !step.stage.isInherited ? 'low' : found.isWritten ? 'high' : 'medium',
          aliases: found.program === 'chpasswd' ? passwordSet.aliases : [],
          message: `"${found.program}" sets a password that every container of the image shares`,
        });
      }
  },
};

/** `isWritten`: the password itself stands in the line, rather than a variable. */
function setBy(step: Step, command: ShellCommand): { program: string; isWritten: boolean } | undefined {
  const program = programOf(command);
  const feeding = commandsNear(step, command).filter(
    (other) => other.pipeline === command.pipeline && other.span.start < command.span.start,
  );
  const isWritten =
    feeding.some(({ words }) => words.slice(1).some(({ literal, text }) => literal && !text.startsWith('-'))) ||
    command.redirects.some(({ body }) => body !== undefined);
  if (program.name === 'chpasswd') return { program: 'chpasswd', isWritten };
  if (program.name === 'passwd') {
    const { flags } = program.options();
    // -l and -d take a password away; that a -d leaves the account open is another matter.
    if (flags.has('-l') || flags.has('--lock') || flags.has('-u') || feeding.length === 0) return undefined;
    return { program: 'passwd', isWritten };
  }
  if (program.name !== 'useradd' && program.name !== 'usermod') return undefined;
  const value = program.options([
    '-p',
    '--password',
    '-u',
    '-g',
    '-G',
    '-d',
    '-s',
    '-c',
    '--uid',
    '--gid',
    '--home',
    '--shell',
  ]).flags;
  const password = value.get('-p') ?? value.get('--password');
  if (!password || password === true || /^[!*]/.test(password.text) || password.text === '') return undefined;
  return { program: program.name, isWritten: password.literal };
}
