import { secretToFile } from '../../cures/secret-to-file.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';
import { writtenSecret } from '../written-values.ts';

export const secretByEnvironment: Rule = {
  id: 'compose/secret-by-environment',
  summary: 'A secret goes through the environment though the image reads it from a file',
  why: 'The environment is shown by `docker inspect`, inherited by every child process and written into crash reports; a mounted file is not.',
  sources: [
    'https://docs.docker.com/compose/how-tos/use-secrets/',
    'https://docs.docker.com/reference/compose-file/secrets/',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN12'],
  aliases: [],
  drill: 'secrets-stay-secret',
  examples: { bad: 'bad-variable', good: 'good-secret-file' },
  service(service, report, project) {
    const files = service.image.facts?.secretFileEnv;
    if (!isContainer(service) || !files || service.image.stage) return;
    for (const variable of service.environment.values()) {
      const file = `${variable.name}_FILE`;
      // The database's name can be read from a file too, and is no secret.
      if (!files.includes(file) || !/PASS|SECRET|TOKEN|KEY|AUTH/i.test(variable.name)) continue;
      if (variable.value === '' && variable.template === undefined) continue;
      // Where the secret itself is written down, that is said already.
      if (variable.from === 'compose' && writtenSecret(variable, project)) continue;
      const message = `"${service.name}" gets ${variable.name} by its environment, though it could read it from a file (${file})`;
      report({ at: variable.keySpan, message, fix: () => secretToFile(service, project, variable) });
    }
  },
};
