import { child, text } from '../../model/compose/tree-access.ts';
import type { Rule } from '../rule.ts';

export const twoRestartPolicies: Rule = {
  id: 'compose/two-restart-policies',
  summary: 'Two restart policies that contradict each other',
  why: 'Compose and Swarm follow deploy.restart_policy where it is set, so what restart says never happens; whoever reads restart expects it.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#restart',
    'https://docs.docker.com/reference/compose-file/deploy/#restart_policy',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN10'],
  aliases: [],
  byHand: 'only you know which of the two was meant',
  examples: { bad: 'bad-contradiction', good: 'good-same' },
  service(service, report) {
    const policy = service.attribute('deploy.restart_policy');
    if (!service.restart || !policy) return;
    const condition = text(child(policy, 'condition')) ?? 'any';
    const [mode = ''] = service.restart.value.split(':');
    const same = { no: 'none', 'on-failure': 'on-failure', always: 'any', 'unless-stopped': 'any' }[mode];
    if (same === undefined || same === condition) return;
    report({
      at: service.restart.span,
      message: `"${service.name}" has restart "${service.restart.value}" and a deploy.restart_policy of "${condition}"`,
      related: [{ at: service.at('deploy.restart_policy'), message: 'the other policy is here' }],
    });
  },
};
