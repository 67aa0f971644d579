import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';
import { swarmClue } from '../swarm-clues.ts';

export const noProxyForReplicas: Rule = {
  id: 'compose/no-proxy-for-replicas',
  summary: 'Replicas are published one by one, with nothing that balances them',
  why: 'Each replica gets a port of its own: clients know one of them, and when that one stops the others help nobody.',
  sources: [
    'https://docs.docker.com/reference/compose-file/deploy/#replicas',
    'https://docs.docker.com/reference/cli/docker/compose/up/',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN18'],
  aliases: [],
  byHand: 'a reverse proxy is a service of its own',
  examples: { bad: 'bad-port-each', good: 'good-behind-proxy' },
  service(service, report, project) {
    const { value: replicas, span } = service.replicas;
    const [port] = service.ports;
    if (!isContainer(service) || replicas < 2 || !port || swarmClue(project) !== undefined) return;
    // A fixed port is `compose/replicas-conflict`.
    if (port.published !== undefined && !port.published.includes('-')) return;
    if (project.services.some((other) => other !== service && other.role.kind === 'proxy')) return;
    report({
      at: span ?? service.at('deploy.replicas'),
      message: `The ${replicas} replicas of "${service.name}" are published each by itself, and no proxy balances them`,
    });
  },
};
