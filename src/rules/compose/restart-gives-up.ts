import { restartForGood } from '../../cures/restart.ts';
import { child, text } from '../../model/compose/tree-access.ts';
import type { Rule } from '../rule.ts';

const counted = ['kics:restart_policy_on_failure_not_set_to_5'];

export const restartGivesUp: Rule = {
  id: 'compose/restart-gives-up',
  summary: 'A server that is restarted only after a failure',
  why: 'Docker does not bring a container with on-failure back after the host has rebooted, nor one that ended with code 0, and with a count it gives up for good.',
  sources: [
    'https://docs.docker.com/engine/containers/start-containers-automatically/',
    'https://docs.docker.com/reference/compose-file/services/#restart',
    'https://docs.docker.com/reference/compose-file/deploy/#restart_policy',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN10'],
  aliases: counted,
  drill: 'crash-restart',
  examples: { bad: 'bad-on-failure', good: 'good-unless-stopped' },
  service(service, report, project) {
    const { restart, role } = service;
    if (role.runs !== 'server') return;
    const policy = service.attribute('deploy.restart_policy');
    // Where both are written Compose takes the one below `deploy`.
    if (!policy && restart?.value.startsWith('on-failure')) {
      const count = /^on-failure:(\d+)$/.exec(restart.value)?.[1];
      const message =
        count === undefined || count === '0'
          ? `"${service.name}" does not come back after a reboot of the host: it restarts on failure only`
          : `"${service.name}" stays down after ${count} failures, and after a reboot of the host`;
      report({
        at: restart.span,
        message,
        aliases: aliasesFor(count),
        fix: () => restartForGood(service, project),
      });
      return;
    }
    const attempts = child(policy, 'max_attempts');
    const count = text(attempts);
    if (!attempts || count === undefined || count === '0') return;
    // Swarm counts the attempts of a window only; Compose gives the engine just the count, which it takes with
    // on-failure alone.
    const window = text(child(policy, 'window'));
    const onFailure = text(child(policy, 'condition')) === 'on-failure';
    if (window && !onFailure) return;
    report({
      fix: () => restartForGood(service, project),
      at: attempts.span,
      message: `"${service.name}" stays down after ${count} restarts${window ? ` in ${window}` : ''}`,
      ...(window ? ({ confidence: 'likely' } as const) : {}),
      aliases: onFailure ? aliasesFor(count) : [],
    });
  },
};

/** The CIS benchmark asks for a count of 5, so KICS is content with that. */
function aliasesFor(count: string | undefined): readonly string[] {
  return count !== undefined && count !== '5' ? counted : [];
}
