import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const defaultBridge: Rule = {
  id: 'compose/default-bridge',
  summary: "A service is put on the engine's own bridge network",
  why: 'That bridge is shared by every container of the host that asked for nothing else, and has no names: services find each other by address, until one restarts.',
  sources: [
    'https://docs.docker.com/engine/network/drivers/bridge/#differences-between-user-defined-bridges-and-the-default-bridge',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: ['kics:networks_not_set'],
  byHand: 'only you know which network it should share, and with whom',
  examples: { bad: 'bad-bridge', good: 'good-own-network' },
  service(service, report) {
    const mode = service.networkMode;
    if (!isContainer(service) || (mode?.value !== 'bridge' && mode?.value !== 'default')) return;
    report({
      at: mode.span,
      message: `"${service.name}" is on the bridge that all other containers of the host share`,
    });
  },
};
