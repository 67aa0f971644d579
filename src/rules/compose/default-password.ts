import type { Service } from '../../model/service.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import { isContainer } from '../deployed.ts';
import { isOnAllInterfaces } from '../published-ports.ts';
import type { Rule } from '../rule.ts';
import { isDataStore } from '../shared-networks.ts';
import { type WeakPassword, weakPassword } from '../weak-passwords.ts';

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
  byHand: 'a password must be chosen, and changed in the data that exists as well',
  examples: { bad: 'bad-database', good: 'good-secret-file' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    const isOpen = service.ports.some(isOnAllInterfaces);
    for (const variable of service.environment.values()) {
      const weak = weakPassword(variable, service, project);
      if (!weak) continue;
      if (weak.by === 'file') {
        report({ at: variable.span, message: fromFile(variable.name, weak, service), ...weightOf(weak), aliases: [] });
        continue;
      }
      report({
        at: variable.span,
        message:
          weak.by === 'fallback'
            ? `"${service.name}" falls back to a password that everybody tries first when ${variable.name} has none`
            : `"${service.name}" has a password in ${variable.name} that everybody tries first`,
        // Clients that carry it are as open as the server that takes it.
        severity: isOpen && (isDataStore(service) || /ADMIN|ROOT/i.test(variable.name)) ? 'critical' : 'high',
        confidence: weak.by === 'itself' ? 'certain' : 'likely',
      });
    }
  },
};

function fromFile(name: string, { file }: WeakPassword, service: Service): string {
  return `"${service.name}" gets a password in ${name} that everybody tries first, from ${file}`;
}

/** A file that git leaves out is this machine's own: where it is deployed another may lie in its place. */
function weightOf({ ignored }: WeakPassword): { readonly severity: Severity; readonly confidence: Confidence } {
  if (ignored === 'yes') return { severity: 'low', confidence: 'guess' };
  return { severity: ignored === 'no' ? 'high' : 'medium', confidence: 'likely' };
}
