import { giveTimeToStart, noticeSooner, tryThreeTimes } from '../../cures/mend-healthcheck.ts';
import { bootOf } from '../../model/boot-time.ts';
import { printDuration } from '../../vocabulary/duration.ts';
import { ownTest } from '../probe.ts';
import type { Rule } from '../rule.ts';
import { object, subject } from '../subject.ts';

// Docker's defaults: https://docs.docker.com/reference/dockerfile/#healthcheck
const defaults = { intervalMs: 30_000, timeoutMs: 30_000, startPeriodMs: 0, retries: 3 };

export const healthcheckTiming: Rule = {
  id: 'project/healthcheck-timing',
  summary: 'A health check whose times do not fit the service',
  why: 'Too little time to start means a healthy service is called unhealthy on every deploy; too long a wait means users meet a dead one for minutes.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN11'],
  aliases: [],
  drill: 'boot-time',
  examples: { bad: 'bad-no-time-to-start', good: 'good-start-period' },
  service(service, report, project) {
    const test = ownTest(service);
    if (!test) return;
    const at = service.compose && test.from === 'compose' ? service.at('healthcheck') : test.span;
    const { intervalMs, timeoutMs, startPeriodMs, retries } = { ...defaults, ...given(test.test) };
    const of = object(service, test.span);
    // The first probe comes after one interval; unhealthy after `retries` failures in a row.
    const patienceMs = startPeriodMs + intervalMs * retries;
    const [bootMs, what] = bootOf(service);
    if (patienceMs < bootMs) {
      const message = `${subject(service, test.span)} has ${printDuration(patienceMs)} to start before it is called unhealthy, and ${what}`;
      const fix = () => giveTimeToStart(service, project, test);
      report({ at, message, ...(startPeriodMs > 0 ? ({ severity: 'low', confidence: 'guess' } as const) : {}), fix });
    } else if (retries === 1 && service.role.runs === 'server') {
      report({
        at,
        message: `The health check of ${of} gives up after a single failed probe`,
        severity: 'low',
        fix: () => tryThreeTimes(service, project, test),
      });
    }
    // A frozen server holds every probe until its timeout; the next interval begins when the probe has ended.
    const detectMs = (intervalMs + timeoutMs) * retries;
    if (detectMs > slowestMs) {
      const message = `The health check of ${of} needs up to ${printDuration(detectMs)} to notice a frozen server`;
      report({ at, message, severity: 'low', fix: () => noticeSooner(service, project, test) });
    }
  },
};

const slowestMs = 10 * 60_000;

function given(test: {
  intervalMs?: number | undefined;
  timeoutMs?: number | undefined;
  startPeriodMs?: number | undefined;
  retries?: number | undefined;
}): Partial<typeof defaults> {
  return Object.fromEntries(
    Object.entries(test).filter(([key, value]) => key in defaults && typeof value === 'number' && value > 0),
  );
}
