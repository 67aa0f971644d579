import { parseCapability } from '../../knowledge/capabilities.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const unknownCapability: Rule = {
  id: 'compose/unknown-capability',
  summary: 'A capability that Linux does not have is named',
  why: 'Compose accepts any word; the engine then refuses to create the container, in the middle of the deployment.',
  sources: [
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
    'https://docs.docker.com/reference/compose-file/services/#cap_add',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN2'],
  aliases: [],
  byHand: 'only you know which capability was meant',
  examples: { bad: 'bad-misspelt', good: 'good-spellings' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const [key, list] of [
      ['cap_add', service.capAdd],
      ['cap_drop', service.capDrop],
    ] as const)
      for (const { value, span } of list)
        if (parseCapability(value) === undefined)
          report({ at: span, message: `"${value}" in ${key} of "${service.name}" is no capability of Linux` });
  },
};
