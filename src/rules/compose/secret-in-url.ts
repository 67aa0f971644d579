import { credentialsInUrl } from '../../knowledge/url-credentials.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';
import { writtenValue } from '../written-values.ts';

export const secretInUrl: Rule = {
  id: 'compose/secret-in-url',
  summary: 'A connection string in the Compose file holds a password',
  why: 'Connection strings end up in logs and error pages whole, and this one is in the repository already.',
  sources: ['https://docs.docker.com/compose/how-tos/use-secrets/', 'https://cwe.mitre.org/data/definitions/798.html'],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN12'],
  aliases: ['kics:passwords_and_secrets'],
  drill: 'secrets-stay-secret',
  byHand: 'the program must be told to read it from a file',
  examples: { bad: 'bad-database-url', good: 'good-from-variable' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    for (const variable of service.environment.values()) {
      if (variable.from !== 'compose') continue;
      const found = credentialsInUrl(writtenValue(variable, project) ?? '');
      // `compose/default-password` says the worse of it.
      if (!found || found.weak) continue;
      report({ at: variable.span, message: `"${service.name}" has a password inside the URL in ${variable.name}` });
    }
  },
};
