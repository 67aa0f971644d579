import { text } from '../../model/compose/tree-access.ts';
import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import { areNeverTogether } from '../profiles.ts';
import type { Rule } from '../rule.ts';

export const duplicateContainerName: Rule = {
  id: 'compose/duplicate-container-name',
  summary: 'Two services want one container name',
  why: 'Names are unique on an engine: the second container is refused, and half of the project runs.',
  sources: ['https://docs.docker.com/reference/compose-file/services/#container_name'],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['CHK4'],
  aliases: ['dclint:no-duplicate-container-names'],
  byHand: 'only you know which of the two keeps the name',
  examples: { bad: 'bad-twice', good: 'good-different' },
  project(project, report) {
    const owners = new Map<string, Service>();
    for (const service of project.services) {
      const node = service.attribute('container_name');
      const name = text(node);
      if (!isContainer(service) || !node || name === undefined || name === '') continue;
      const owner = owners.get(name);
      owners.set(name, owner ?? service);
      if (!owner || areNeverTogether(owner, service)) continue;
      const message = `"${service.name}" and "${owner.name}" both want to be called "${name}"`;
      report({ at: node.span, message, service });
    }
  },
};
