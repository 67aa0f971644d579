import { waitForHealth } from '../../cures/wait-for-health.ts';
import type { Rule } from '../rule.ts';

export const dependsOnWithoutHealth: Rule = {
  id: 'compose/depends-on-without-health',
  summary: 'A service that starts before its database is ready',
  why: 'Plain depends_on waits until the container has started, not until the database answers; after a reboot the app starts first, fails to connect, and stays down or half up.',
  sources: [
    'https://docs.docker.com/compose/how-tos/startup-order/',
    'https://docs.docker.com/reference/compose-file/services/#depends_on',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN11'],
  aliases: [],
  drill: 'dependency-loss',
  examples: { bad: 'bad-short-form', good: 'good-service-healthy' },
  service(service, report, project) {
    for (const { service: name, condition, span } of service.dependsOn) {
      if (condition !== 'service_started') continue;
      const target = project.services.find((other) => other.compose && other.name === name);
      if (target?.role.runs !== 'server') continue;
      const { kind } = target.role;
      if (kind !== 'database' && kind !== 'cache' && kind !== 'queue' && kind !== 'search') continue;
      // An admin page or an exporter shows an error until its database is there, and harms nobody.
      const severity = service.role.kind === 'app' || service.role.kind === 'worker' ? 'medium' : 'low';
      const checked = target.healthcheck.kind === 'test';
      report({
        at: span,
        message: `"${service.name}" does not wait until "${name}" is ready`,
        severity,
        fix: () => waitForHealth(service, project, name),
        related: [
          {
            at: target.at('healthcheck'),
            message: checked ? 'its health check is here' : `"${name}" has no health check to wait for`,
          },
        ],
      });
    }
  },
};
