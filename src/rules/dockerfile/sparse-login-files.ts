import { addOption } from '../../cures/add-option.ts';
import { programOf } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const sparseLoginFiles: Rule = {
  id: 'dockerfile/sparse-login-files',
  summary: 'useradd with a high uid that writes huge login records',
  why: 'useradd makes /var/log/lastlog and faillog as long as the uid is high: sparse files that a layer stores in full, gigabytes of zeros.',
  sources: ['https://docs.docker.com/build/building/best-practices/#user', 'https://github.com/moby/moby/issues/5419'],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG7', 'IMG4'],
  aliases: ['hadolint:DL3046'],
  examples: { bad: 'bad-high-uid', good: 'good-no-log-init' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN'))
      for (const command of step.commands) {
        const program = programOf(command);
        if (program.name !== 'useradd') continue;
        const { flags } = program.options([
          '-u',
          '--uid',
          '-g',
          '--gid',
          '-G',
          '--groups',
          '-d',
          '--home-dir',
          '--home',
          '-s',
          '--shell',
          '-c',
          '--comment',
          '-p',
          '--password',
          '-k',
          '--skel',
          '-K',
          '-R',
          '-e',
          '-f',
        ]);
        const uid = flags.get('-u') ?? flags.get('--uid');
        if (!uid || uid === true || flags.has('-l') || flags.has('--no-log-init')) continue;
        const text = step.scope.expand(uid.text).text ?? uid.text;
        if (/^\d{6,10}$/.test(text))
          report({
            at: uid.span,
            message: `useradd writes login records up to uid ${text}`,
            fix: () => addOption(step, program.path, '--no-log-init'),
          });
      }
  },
};
