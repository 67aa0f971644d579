import { restartUnlessStopped } from '../../cures/restart.ts';
import { child, text } from '../../model/compose/tree-access.ts';
import type { Rule } from '../rule.ts';

export const noRestartPolicy: Rule = {
  id: 'compose/no-restart-policy',
  summary: 'A server that nothing restarts',
  why: 'After a crash, or a reboot of the host at night, the service stays down until somebody notices and starts it by hand.',
  sources: [
    'https://docs.docker.com/engine/containers/start-containers-automatically/',
    'https://docs.docker.com/reference/compose-file/services/#restart',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN10'],
  aliases: [],
  drill: 'crash-restart',
  examples: { bad: 'bad-none', good: 'good-unless-stopped' },
  service(service, report, project) {
    const { restart, role } = service;
    if (!service.compose || role.runs !== 'server') return;
    // Compose takes `restart` only where deploy.restart_policy is missing; the default condition of that is "any".
    const policy = service.attribute('deploy.restart_policy');
    const condition = policy && (text(child(policy, 'condition')) ?? 'any');
    if (policy ? condition !== 'none' : restart && restart.value !== 'no') return;
    const isTold = policy !== undefined || restart !== undefined;
    report({
      at: policy ? service.at('deploy.restart_policy') : (restart?.span ?? service.at('restart')),
      message: isTold ? `"${service.name}" is told never to restart` : `Nothing restarts "${service.name}"`,
      ...(isTold ? { severity: 'low' as const } : {}),
      fix: () => restartUnlessStopped(service, project),
    });
  },
};
