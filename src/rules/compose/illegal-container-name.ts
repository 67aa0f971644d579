import { asScalar, text } from '../../model/compose/tree-access.ts';
import { bareVariables } from '../bare-variables.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

/** moby, daemon/names/names.go: what the engine takes for a name. */
const legal = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

export const illegalContainerName: Rule = {
  id: 'compose/illegal-container-name',
  summary: 'A container name that the engine refuses',
  why: 'Compose reads the file without complaint, and then the container cannot be created: half of the project runs.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#container_name',
    'https://docs.docker.com/reference/cli/docker/container/run/#name',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['CHK4'],
  aliases: ['dclint:service-container-name-regex'],
  byHand: 'only you know who calls it by its name',
  examples: { bad: 'bad-blank', good: 'good-legal' },
  service(service, report) {
    const node = service.attribute('container_name');
    const name = text(node);
    if (!isContainer(service) || !node || !name || legal.test(name)) return;
    // Names of one letter Compose refuses itself. What a variable without a value will hold, nobody knows here.
    if (name.length < 2 || bareVariables(asScalar(node)?.template ?? '').size > 0) return;
    report({ at: node.span, message: `The engine refuses to call "${service.name}" "${name}"` });
  },
};
