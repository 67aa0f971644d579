import { leftBecause } from '../../edit/change.ts';
import type { Rule } from '../rule.ts';

export const dependsOnUnchecked: Rule = {
  id: 'compose/depends-on-unchecked',
  summary: 'Waiting for the health of a service that has no health check',
  why: 'Compose stops with "container has no healthcheck configured", and the service never starts.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#depends_on',
    'https://docs.docker.com/compose/how-tos/startup-order/',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN11'],
  aliases: [],
  drill: 'dependency-loss',
  examples: { bad: 'bad-no-healthcheck', good: 'good-healthcheck' },
  service(service, report, project) {
    for (const { service: name, condition, span } of service.dependsOn) {
      if (condition !== 'service_healthy') continue;
      const target = project.services.find((other) => other.compose && other.name === name);
      const health = target?.healthcheck;
      if (!target || !health || health.kind === 'test' || health.kind === 'unknown') continue;
      const why = health.kind === 'disabled' ? 'whose health check is switched off' : 'which has no health check';
      report({
        at: span,
        message: `"${service.name}" waits for the health of "${name}", ${why}`,
        fix: () => leftBecause(`"${name}" needs a health check first`),
        confidence: health.kind === 'disabled' ? 'certain' : (target.image.healthcheck?.sure ?? 'certain'),
        related: [
          { at: health.kind === 'disabled' ? health.span : target.at('healthcheck'), message: `"${name}" is here` },
        ],
      });
    }
  },
};
