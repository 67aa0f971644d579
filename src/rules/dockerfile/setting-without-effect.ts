import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const settingWithoutEffect: Rule = {
  id: 'dockerfile/setting-without-effect',
  summary: 'A setting that ends with its RUN',
  why: 'Each RUN has a shell of its own, and Docker writes /etc/hosts and the kernel settings of a container anew: what was set here is not in force later, and nobody is told.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#env',
    'https://docs.docker.com/reference/cli/docker/container/run/#sysctl',
    'https://docs.docker.com/reference/cli/docker/container/run/#add-host',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['IMG4'],
  aliases: [],
  examples: { bad: 'bad-export', good: 'good-used-in-the-same-run' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN')) {
      const last = lastSetting(step);
      if (last) report({ at: last.span, message: `What "${last.words[0]?.text}" sets ends with this RUN` });
      for (const command of step.commands) {
        const lost = lostFile(command);
        if (lost && !isReadHere(step, command, lost))
          report({
            at: command.span,
            message: lost.startsWith('/etc/sysctl')
              ? `Nothing reads ${lost} when a container starts`
              : `Docker writes ${lost} anew for each container, so this is lost`,
            confidence: 'likely',
          });
      }
    }
  },
};

const settings: ReadonlySet<string> = new Set(['export', 'source', '.', 'alias', 'ulimit', 'umask', 'unset', 'set']);

/** Nothing follows that the setting could be for. */
function lastSetting(step: Step): ShellCommand | undefined {
  const last = step.commands.at(-1);
  if (!step.certain || last?.within.length !== 0 || last.redirects.length > 0) return undefined;
  const name = last.words[0]?.text ?? '';
  if (!settings.has(name) || last.words.length < 2) return undefined;
  // `set +x` at the end of a script only tidies up.
  if ((name === 'set' || name === 'unset') && step.commands.length > 1) return undefined;
  // A script of its own may do work: `. ./install.sh`; files of a shell's settings and environments do not.
  if (name === 'source' || name === '.')
    return /(?:^|\/)(?:\.?(?:bash|zsh|sh)rc|\.(?:bash_)?profile|profile|environment|activate|nvm\.sh|\.env|env)$/.test(
      last.words[1]?.text ?? '',
    )
      ? last
      : undefined;
  // In another shell than a POSIX one the word may mean something else.
  return step.shellIsSet && !/sh$/.test(step.shell[0] ?? '') ? undefined : last;
}

/** A file of the system that is not the image's to say. */
function lostFile(command: ShellCommand): string | undefined {
  const { name, args } = programOf(command);
  const written = command.redirects.find(({ operator }) => operator === '>' || operator === '>>')?.target?.text;
  const teed = name === 'tee' ? args.find(({ text }) => !text.startsWith('-'))?.text : undefined;
  return [written, teed].find(
    (file) => file !== undefined && /^\/etc\/(?:hosts|resolv\.conf|sysctl\.conf|sysctl\.d\/.+)$/.test(file),
  );
}

/** The same RUN makes use of it: a download from a host that was named here. */
function isReadHere(step: Step, command: ShellCommand, file: string): boolean {
  return !file.startsWith('/etc/sysctl') && step.commands.at(-1) !== command;
}
