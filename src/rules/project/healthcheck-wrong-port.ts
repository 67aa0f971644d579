import { askOpenPort } from '../../cures/mend-healthcheck.ts';
import { askedBy, isLocal, ownTest } from '../probe.ts';
import type { Rule } from '../rule.ts';
import { object } from '../subject.ts';

export const healthcheckWrongPort: Rule = {
  id: 'project/healthcheck-wrong-port',
  summary: 'A health check on a port that nothing listens on',
  why: 'Every probe is refused, so a healthy service is called unhealthy and is restarted, or blocks all that waits for it.',
  sources: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG8', 'RUN11'],
  aliases: [],
  drill: 'honest-health',
  examples: { bad: 'bad-port-80', good: 'good-same-port' },
  service(service, report, project) {
    const test = ownTest(service);
    const { listens } = service;
    if (!test || listens.length === 0) return;
    // A ready-made server may open ports that it does not EXPOSE; of an app that is built here, the files tell.
    const { facts, stage } = service.image;
    if (!stage && facts && !facts.isBase && facts.kind !== 'language') return;
    for (const asked of askedBy(test)) {
      const { host, port, path, span } = asked;
      if (port === undefined || !isLocal(host) || listens.some((listen) => listen.value === port)) continue;
      if (managementPorts.has(port) || /actuator|manage|admin|metrics/i.test(path) || isNamed(service, port)) continue;
      const [first, ...others] = listens.map((listen) => listen.value);
      const known = others.length === 0 ? `port ${first}` : `ports ${listens.map((listen) => listen.value).join(', ')}`;
      report({
        at: span,
        message: `The health check of ${object(service, test.span)} asks port ${port}, but the files speak of ${known}`,
        confidence: listens.some((listen) => listen.sure === 'certain') ? 'likely' : 'guess',
        fix: () => askOpenPort(service, project, asked),
      });
    }
  },
};

// Where servers keep health and metrics apart from what they publish.
const managementPorts = new Set([2019, 8081, 8558, 9000, 9090, 9091, 9100, 9600, 9990, 15672, 9901, 8558]);

/** Some variable or argument names the port, so something may well listen there. */
function isNamed(service: Parameters<NonNullable<Rule['service']>>[0], port: number): boolean {
  const names = new RegExp(`(?:^|\\D)${port}(?:\\D|$)`);
  return (
    [...service.environment.values()].some(({ value }) => value !== undefined && names.test(value)) ||
    service.process.commands.some((command) => command.words.some((word) => names.test(word.text)))
  );
}
