import { openPlaces } from '../../cures/read-only-root.ts';
import { factConfidence } from '../../knowledge/image-facts.ts';
import { missingWritePlaces } from '../../model/write-places.ts';
import { isContainer } from '../deployed.ts';
import { listed } from '../in-words.ts';
import type { Rule } from '../rule.ts';

export const readOnlyButWrites: Rule = {
  id: 'compose/read-only-but-writes',
  summary: 'A read-only container has no place for what its image writes',
  why: 'It fails at its start, or at the first request that needs a temporary file.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#read_only',
    'https://docs.docker.com/engine/storage/tmpfs/',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN1'],
  aliases: [],
  drill: 'read-only-root',
  examples: { bad: 'bad-nginx', good: 'good-tmpfs' },
  service(service, report, project) {
    const { facts } = service.image;
    if (!isContainer(service) || service.readOnly?.value !== true || !facts?.writes) return;
    const missing = missingWritePlaces(service, project) ?? [];
    if (missing.length === 0) return;
    // /tmp alone is needed now and then, not at the start.
    const onlyTemporary = missing.every((path) => path === '/tmp' || path === '/var/tmp');
    report({
      at: service.at('read_only'),
      message: `"${service.name}" is read-only, but ${facts.image} writes to ${listed(missing, 9)}`,
      severity: onlyTemporary ? 'medium' : 'high',
      // What a Dockerfile puts on top may have changed it.
      confidence: service.image.stage ? 'guess' : factConfidence(facts, 'writes'),
      fix: () => openPlaces(service, project, missing),
    });
  },
};
