import { failWithPipe } from '../../cures/fail-with-pipe.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { commandsNear, pipedInto, stepsIn } from '../steps.ts';

/** Cannot fail in a way that matters, or only shape text that is there already. */
const harmless: ReadonlySet<string> = new Set(
  'echo printf yes true : cat ls env printenv nproc uname id whoami hostname date ldd find grep egrep fgrep sed awk gawk cut sort uniq head tail tr wc tac rev seq dpkg dpkg-query dpkg-architecture apt-mark apt-cache rpm scanelf apk readelf getconf which command type basename dirname jq xargs lsb_release ps df du getent test [ pwd tee strings file od base64 history locale fc-list pip pip3 go node'.split(
    ' ',
  ),
);
/** Failures of these are what the rule is about. */
const remote: ReadonlySet<string> = new Set('curl wget git svn aws gsutil ssh scp rsync ftp'.split(' '));

const noticing: ReadonlySet<string> = new Set(
  'tar bsdtar gunzip gzip unzip bunzip2 bzip2 xz unxz zstd cpio apt-key gpg patch rpm2cpio pax'.split(' '),
);

export const pipeWithoutPipefail: Rule = {
  id: 'dockerfile/pipe-without-pipefail',
  summary: 'A failure at the start of a pipe that goes unnoticed',
  why: 'The last command of a pipe decides alone: a download that fails half way gives a broken image, and the build says it went well.',
  sources: [
    'https://docs.docker.com/build/building/best-practices/#using-pipes',
    'https://www.gnu.org/software/bash/manual/html_node/Pipelines.html',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: ['hadolint:DL4006', 'kics:shell_running_a_pipe_without_pipefail_flag', 'semgrep:set-pipefail'],
  examples: { bad: 'bad-download', good: 'good-shell-option' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN')) {
      if (isSet(step)) continue;
      for (const command of step.commands) {
        const { name } = programOf(command);
        if (name === undefined || harmless.has(name) || pipedInto(step, command).length === 0) continue;
        // In `if a | b` and `a | b || c` a failure is looked at, if not at the right place.
        if (command.within.includes('condition') || command.negated) continue;
        if (isCaught(step, command)) continue;
        const last = programOf(pipedInto(step, command).at(-1) ?? command).name ?? '';
        // An empty or broken-off input makes these fail by themselves, mostly.
        const isNoticed = noticing.has(last);
        report({
          at: command.span,
          severity: remote.has(name) && !isNoticed ? 'medium' : 'low',
          fix: () => failWithPipe(step),
          message: isNoticed
            ? `A failure of "${name}" is left to "${last}" to notice`
            : `A failure of "${name}" in this pipe goes unnoticed`,
        });
      }
    }
  },
};

function isSet(step: Step): boolean {
  if (step.shell.some((word) => /pipefail/.test(word))) return true;
  if (step.shell[0] && /pwsh|powershell|cmd/i.test(step.shell[0])) return true;
  return step.commands.some(({ words }) => words.some(({ text }) => text === 'pipefail'));
}

/** `curl … | tar x || exit 1`, or a later test of what came out. */
function isCaught(step: Step, command: ShellCommand): boolean {
  const last = pipedInto(step, command).at(-1);
  const after = last && commandsNear(step, last).find((other) => other.span.start > last.span.start);
  return after?.joint === '||';
}
