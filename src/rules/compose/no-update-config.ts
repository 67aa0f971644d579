import { rollUpdates } from '../../cures/roll-updates.ts';
import { child, text } from '../../model/compose/tree-access.ts';
import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';
import { swarmClue } from '../swarm-clues.ts';

export const noUpdateConfig: Rule = {
  id: 'compose/no-update-config',
  summary: 'Replicas are updated without a plan for failure',
  why: 'By default an update stops the old replica before the new one runs, and a broken version stays half rolled out until somebody notices.',
  sources: [
    'https://docs.docker.com/reference/compose-file/deploy/#update_config',
    'https://docs.docker.com/reference/compose-file/deploy/#rollback_config',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN15'],
  aliases: [],
  examples: { bad: 'bad-replicas-only', good: 'good-planned' },
  service(service, report, project) {
    if (!isDeployed(service) || service.role.runs !== 'server') return;
    const deploy = service.attribute('deploy');
    // One container under plain Compose has nothing to roll over.
    if (!deploy || (service.replicas.value < 2 && swarmClue(project) === undefined)) return;
    // A single writer must stop before the next one starts.
    if (service.role.keepsData && service.image.facts?.singleWriter) return;
    const update = child(deploy, 'update_config');
    if (!update) {
      report({
        at: service.at('deploy.replicas'),
        message: `"${service.name}" says nothing of how its replicas are updated`,
        fix: () => rollUpdates(service, project),
      });
      return;
    }
    const action = child(update, 'failure_action');
    if (text(action) === 'rollback') return;
    report({
      at: action?.span ?? service.at('deploy.update_config'),
      message: `An update of "${service.name}" that fails is not rolled back`,
      severity: text(action) === 'continue' ? 'medium' : 'low',
      fix: () => rollUpdates(service, project),
    });
  },
};
