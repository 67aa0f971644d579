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
    const deploy = text(child(service.attribute('deploy.restart_policy'), 'condition'));
    if (restart && restart.value !== 'no') return;
    // Compose takes deploy.restart_policy where restart is missing; its own default condition is "any".
    if (!restart && service.attribute('deploy.restart_policy') && deploy !== 'none') return;
    const own = restart ?? undefined;
    report({
      at: own?.span ?? service.at(deploy === 'none' ? 'deploy.restart_policy' : 'restart'),
      message:
        own || deploy === 'none' ? `"${service.name}" is told never to restart` : `Nothing restarts "${service.name}"`,
      ...(own || deploy === 'none' ? { severity: 'low' as const } : {}),
      fix: () => restartUnlessStopped(service, project),
    });
  },
};
