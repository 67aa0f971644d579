import { secretToFile } from '../../cures/secret-to-file.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';
import { repeatsUser } from '../weak-passwords.ts';
import { writtenSecret } from '../written-values.ts';

export const secretInEnvironment: Rule = {
  id: 'compose/secret-in-environment',
  summary: 'A secret is written into the Compose file',
  why: 'Everybody who can read the repository, `docker inspect` or a crash report has it, for as long as its history is kept.',
  sources: [
    'https://docs.docker.com/compose/how-tos/use-secrets/',
    'https://docs.docker.com/reference/compose-file/services/#secrets',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN12'],
  aliases: ['kics:passwords_and_secrets'],
  drill: 'secrets-stay-secret',
  examples: { bad: 'bad-literal', good: 'good-secret-file' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    const files = service.image.facts?.secretFileEnv ?? [];
    for (const variable of service.environment.values()) {
      if (variable.from !== 'compose') continue;
      const found = writtenSecret(variable, project);
      // Weak ones, and URLs, have rules of their own.
      if (!found || found.weak || found.kind === 'url-credentials') continue;
      if (repeatsUser(variable, service, project)) continue;
      const reads = files.includes(`${variable.name}_FILE`);
      const named = found.kind === 'plain-secret' || found.kind === 'high-entropy' ? 'a secret' : found.what;
      report({
        at: variable.span,
        message: reads
          ? `"${service.name}" has ${named} in ${variable.name}, though its image reads it from a file by ${variable.name}_FILE`
          : `"${service.name}" has ${named} in plain text in ${variable.name}`,
        confidence: found.confidence,
        fix: () => secretToFile(service, project, variable),
      });
    }
  },
};
