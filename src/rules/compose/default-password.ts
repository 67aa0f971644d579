import { credentialsInUrl } from '../../knowledge/url-credentials.ts';
import { isContainer } from '../deployed.ts';
import { isOnAllInterfaces } from '../published-ports.ts';
import type { Rule } from '../rule.ts';
import { isDataStore } from '../shared-networks.ts';
import { isFromTutorial, writtenSecret, writtenValue } from '../written-values.ts';

export const defaultPassword: Rule = {
  id: 'compose/default-password',
  summary: 'A password is used that everybody tries first',
  why: 'Scanners try the defaults of images and tutorials within hours of a port being reachable, and inside a network they are what an intruder tries next.',
  sources: ['https://cwe.mitre.org/data/definitions/1393.html', 'https://docs.docker.com/compose/how-tos/use-secrets/'],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN12'],
  aliases: ['kics:passwords_and_secrets'],
  drill: 'secrets-stay-secret',
  examples: { bad: 'bad-database', good: 'good-secret-file' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    const isOpen = service.ports.some(isOnAllInterfaces);
    for (const variable of service.environment.values()) {
      if (variable.from !== 'compose') continue;
      const weakInUrl = credentialsInUrl(writtenValue(variable, project) ?? '')?.weak === true;
      const found = writtenSecret(variable, project);
      const fromTutorial = isFromTutorial(variable, project);
      if (!weakInUrl && !found?.weak && !fromTutorial) continue;
      const fallsBack = variable.template !== undefined && !weakInUrl;
      report({
        at: variable.span,
        message: fallsBack
          ? `"${service.name}" falls back to a password that everybody tries first when ${variable.name} has none`
          : `"${service.name}" has a password in ${variable.name} that everybody tries first`,
        // Clients that carry it are as open as the server that takes it.
        severity: isOpen && (isDataStore(service) || /ADMIN|ROOT/i.test(variable.name)) ? 'critical' : 'high',
        confidence: fallsBack || fromTutorial ? 'likely' : 'certain',
      });
    }
  },
};
