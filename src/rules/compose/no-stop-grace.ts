import { giveTimeToStop } from '../../cures/stop-grace.ts';
import { printDuration } from '../../vocabulary/duration.ts';
import type { Rule } from '../rule.ts';

// https://docs.docker.com/reference/cli/docker/container/stop/
const dockerDefaultMs = 10_000;

export const noStopGrace: Rule = {
  id: 'compose/no-stop-grace',
  summary: 'A database that has ten seconds to stop',
  why: 'A database that is still writing its checkpoint after ten seconds is killed, and must recover, for minutes, at the next start.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#stop_grace_period',
    'https://www.postgresql.org/docs/current/server-shutdown.html',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN14'],
  aliases: [],
  drill: 'graceful-stop',
  examples: { bad: 'bad-postgres', good: 'good-grace' },
  service(service, report, project) {
    const { role, stopGraceMs } = service;
    if (!service.compose || !role.keepsData || role.runs !== 'server') return;
    if (role.kind !== 'database' && role.kind !== 'queue' && role.kind !== 'search') return;
    if (stopGraceMs) {
      // Less than what Docker gives to everybody: meant to make `docker compose down` quick on a developer's machine.
      if (stopGraceMs.value < dockerDefaultMs)
        report({
          at: stopGraceMs.span,
          message: `"${service.name}" keeps data, and is killed when it takes more than ${printDuration(stopGraceMs.value)} to stop`,
          severity: 'medium',
        });
      return;
    }
    const message = `"${service.name}" keeps data, and is killed when it takes more than Docker's 10s to stop`;
    report({ at: service.at('stop_grace_period'), message, fix: () => giveTimeToStop(service, project) });
  },
};
