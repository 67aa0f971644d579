import { failWithPipe } from '../../cures/fail-with-pipe.ts';
import type { Stage, Step } from '../../model/dockerfile/dockerfile.ts';
import { programOf } from '../../model/image/programs.ts';
import { hiddenFailures } from '../pipes.ts';
import type { Rule } from '../rule.ts';
import { pipedInto, stepsIn } from '../steps.ts';

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
    const firsts = new Map<Stage, Step>();
    for (const step of stepsIn(dockerfile, 'build', 'RUN'))
      for (const { command, name, isHarmless } of hiddenFailures(step)) {
        if (isHarmless) continue;
        const first = firsts.get(step.stage) ?? step;
        firsts.set(step.stage, first);
        const last = programOf(pipedInto(step, command).at(-1) ?? command).name ?? '';
        // An empty or broken-off input makes these fail by themselves, mostly.
        const isNoticed = noticing.has(last);
        report({
          at: command.span,
          severity: remote.has(name) && !isNoticed ? 'medium' : 'low',
          fix: () => failWithPipe(step, first),
          message: isNoticed
            ? `A failure of "${name}" is left to "${last}" to notice`
            : `A failure of "${name}" in this pipe goes unnoticed`,
        });
      }
  },
};
