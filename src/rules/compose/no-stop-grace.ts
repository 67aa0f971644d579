import { giveTimeToStop } from '../../cures/stop-grace.ts';
import type { Rule } from '../rule.ts';

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
    if (!service.compose || stopGraceMs || !role.keepsData || role.runs !== 'server') return;
    if (role.kind !== 'database' && role.kind !== 'queue' && role.kind !== 'search') return;
    const message = `"${service.name}" keeps data, and is killed when it takes more than Docker's 10s to stop`;
    report({ at: service.at('stop_grace_period'), message, fix: () => giveTimeToStop(service, project) });
  },
};
