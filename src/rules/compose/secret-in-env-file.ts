import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { gitIgnored } from '../../model/git-ignored.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

/** Made to be committed, with values to be replaced. */
const sample = /[._-](?:example|sample|template|dist|defaults?|tpl|schema|test|ci)(?:\.|$)/i;

export const secretInEnvFile: Rule = {
  id: 'compose/secret-in-env-file',
  summary: 'An env file with secrets is not kept out of the repository',
  why: 'Once pushed, the secrets are in every clone and stay in the history after the file is deleted.',
  sources: [
    'https://docs.docker.com/compose/how-tos/environment-variables/best-practices/',
    'https://git-scm.com/docs/gitignore',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN12', 'SCN2'],
  aliases: ['kics:passwords_and_secrets'],
  drill: 'secrets-stay-secret',
  byHand: 'the file must come from where secrets are kept',
  examples: { bad: 'bad-not-ignored', good: 'good-ignored' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    const told = new Set<string>();
    for (const { name, value, span, from } of service.environment.values()) {
      const { file } = span;
      if (from !== 'env_file' || value === undefined || told.has(file) || sample.test(file)) continue;
      const found = hardCodedSecret(name, value);
      const ignored = found ? gitIgnored(project.files, file) : 'yes';
      if (!found || ignored === 'yes') continue;
      told.add(file);
      report({
        at: span,
        message:
          ignored === 'no'
            ? `${file} holds secrets such as ${name}, and .gitignore does not keep it out of the repository`
            : `${file} holds secrets such as ${name}, and no .gitignore keeps it out of a repository`,
        // Without any .gitignore there may be no repository here, or it begins further up.
        severity: ignored === 'no' ? 'high' : 'low',
        confidence: ignored === 'no' ? 'likely' : 'guess',
      });
    }
  },
};
