import { waitForEnd } from '../../cures/wait-for-health.ts';
import type { Rule } from '../rule.ts';

export const dependsOnOneShot: Rule = {
  id: 'compose/depends-on-one-shot',
  summary: 'A service that does not wait for a job to complete',
  why: 'The app starts while the migration still runs, or waits for a job that is restarted for ever: it meets a half-changed database, or never starts.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#depends_on',
    'https://docs.docker.com/compose/how-tos/startup-order/',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN11'],
  aliases: [],
  examples: { bad: 'bad-started', good: 'good-completed' },
  service(service, report, project) {
    for (const { service: name, condition, span } of service.dependsOn) {
      const target = project.services.find((other) => other.compose && other.name === name);
      if (!target) continue;
      if (condition === 'service_completed_successfully') {
        const { restart } = target;
        if (restart?.value === 'always' || restart?.value === 'unless-stopped') {
          const message = `"${service.name}" waits for "${name}" to complete, but it is restarted each time it ends`;
          report({
            at: restart.span,
            message,
            severity: 'high',
            confidence: 'certain',
            related: [{ at: span, message: 'the wait is here' }],
          });
        }
      } else if (condition === 'service_started' && target.role.runs === 'one-shot' && service.role.runs === 'server') {
        const message = `"${service.name}" does not wait until "${name}" has done its work`;
        report({
          at: span,
          message,
          fix: () => waitForEnd(service, project, name),
          related: [{ at: target.nameSpan, message: `a one-shot: ${target.role.because}` }],
        });
      }
    }
  },
};
