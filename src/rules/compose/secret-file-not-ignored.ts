import { ignoreSecret } from '../../cures/git-ignore.ts';
import { child, text } from '../../model/compose/tree-access.ts';
import { gitIgnored } from '../../model/git-ignored.ts';
import type { Rule } from '../rule.ts';

export const secretFileNotIgnored: Rule = {
  id: 'compose/secret-file-not-ignored',
  summary: 'The file of a secret is not kept out of the repository',
  why: 'A secret in the repository is one no more: every clone has it, and so does the history.',
  sources: [
    'https://docs.docker.com/reference/compose-file/secrets/',
    'https://docs.docker.com/compose/how-tos/use-secrets/',
    'https://git-scm.com/docs/gitignore',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN12', 'SCN2'],
  aliases: [],
  drill: 'secrets-stay-secret',
  examples: { bad: 'bad-not-ignored', good: 'good-ignored' },
  compose(compose, report, project) {
    for (const [name, secret] of compose.secrets) {
      const file = child(secret, 'file');
      const path = text(file);
      // A file that is not here is where it belongs.
      if (!file || path === undefined || project.files.kind(path) !== 'file') continue;
      const ignored = gitIgnored(project.files, path);
      if (ignored === 'yes') continue;
      report({
        at: file.span,
        message:
          ignored === 'no'
            ? `The secret "${name}" lies in ${path}, and .gitignore does not keep it out of the repository`
            : `The secret "${name}" lies in ${path}, and no .gitignore keeps it out of a repository`,
        severity: ignored === 'no' ? 'high' : 'low',
        confidence: ignored === 'no' ? 'likely' : 'guess',
        fix: () => ignoreSecret(project, path),
      });
    }
  },
};
