import { hiddenFailures } from '../pipes.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const harmlessPipeWithoutPipefail: Rule = {
  id: 'dockerfile/harmless-pipe-without-pipefail',
  summary: 'A pipe without pipefail whose first program hardly fails',
  why: 'The last command of a pipe decides alone: if "cat" or "find" does fail one day, the build goes on with nothing.',
  sources: [
    'https://docs.docker.com/build/building/best-practices/#using-pipes',
    'https://www.gnu.org/software/bash/manual/html_node/Pipelines.html',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: ['hadolint:DL4006', 'kics:shell_running_a_pipe_without_pipefail_flag', 'semgrep:set-pipefail'],
  // `echo … | tee` is everywhere, and nothing is gained by another shell for it.
  optIn: true,
  examples: { bad: 'bad-cat', good: 'good-pipefail' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'file', 'RUN'))
      for (const { command, name, isHarmless } of hiddenFailures(step))
        if (isHarmless || !(step.stage.isUsed || step.stage.isOrphan))
          report({ at: command.span, message: `A failure of "${name}" in this pipe would go unnoticed` });
  },
};
