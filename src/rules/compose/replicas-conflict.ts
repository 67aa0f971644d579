import { readRange } from '../../vocabulary/port.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';
import { swarmClue } from '../swarm-clues.ts';

export const replicasConflict: Rule = {
  id: 'compose/replicas-conflict',
  summary: 'Several replicas want one port of the host',
  why: 'The first takes the port, the others fail with "port is already allocated", and the service runs without the spare it was given.',
  sources: [
    'https://docs.docker.com/reference/compose-file/deploy/#replicas',
    'https://docs.docker.com/reference/compose-file/services/#ports',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN15', 'RUN18'],
  aliases: [],
  byHand: 'only you know whether replicas or the fixed name or port is wanted',
  examples: { bad: 'bad-fixed-port', good: 'good-range' },
  service(service, report, project) {
    const { value: replicas } = service.replicas;
    if (!isContainer(service) || replicas < 2) return;
    // Swarm's ingress takes one port for all replicas.
    if (swarmClue(project) !== undefined) return;
    const maybeSwarm = service.attribute('deploy.update_config') !== undefined;
    for (const port of service.ports) {
      const range = port.published === undefined || port.published === '' ? undefined : readRange(port.published);
      if (!range || range.last - range.first + 1 >= replicas) continue;
      report({
        at: port.span,
        message: `The ${replicas} replicas of "${service.name}" want ${range.first === range.last ? `one port, ${port.published},` : `the ports ${port.published}`} of the host`,
        severity: maybeSwarm ? 'medium' : 'high',
        confidence: maybeSwarm ? 'guess' : 'certain',
      });
    }
  },
};
