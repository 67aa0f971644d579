import { checkAgain } from '../../cures/mend-healthcheck.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const healthcheckDisabled: Rule = {
  id: 'project/healthcheck-disabled',
  summary: 'A server whose health check is switched off',
  why: 'A server that hangs stays "Up" for ever, and services that wait for its health cannot start.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG8', 'RUN11'],
  aliases: ['kics:healthcheck_not_set'],
  drill: 'honest-health',
  examples: { bad: 'bad-disable-true', good: 'good-test' },
  service(service, report, project) {
    const { healthcheck, role, compose } = service;
    if (healthcheck.kind !== 'disabled' || role.runs !== 'server') return;
    // A queue's worker is often switched off on purpose: it shares the web server's image, and has no port to ask.
    const severity = role.kind === 'worker' || !compose ? 'low' : 'medium';
    const at = healthcheck.span;
    report({
      at,
      message: `${subject(service, at)} has its health check switched off`,
      severity,
      fix: () => checkAgain(service, project),
      ...(compose ? {} : { aliases: [] }),
    });
  },
};
