import { asMap, child } from '../../model/compose/tree-access.ts';
import type { Rule } from '../rule.ts';

export const unusedVolume: Rule = {
  id: 'compose/unused-volume',
  summary: 'A volume that no service mounts',
  why: 'Somebody meant to keep data there: a name misspelt or a mount forgotten, and the data lies in the container, gone with the next deployment.',
  sources: ['https://docs.docker.com/reference/compose-file/volumes/'],
  severity: 'low',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['RUN16'],
  aliases: [],
  byHand: 'it may hold data that somebody still wants',
  examples: { bad: 'bad-forgotten', good: 'good-mounted' },
  compose(compose, report, project) {
    // Of a project that is only half read, a service may be missing.
    if (compose.faults.some(({ refused }) => refused)) return;
    const used = new Set(
      project.services.flatMap(({ mounts }) =>
        mounts.flatMap(({ type, source }) => (type === 'volume' ? [source] : [])),
      ),
    );
    for (const [name, { keySpan }] of asMap(child(compose.root, 'volumes'))?.entries ?? [])
      if (!used.has(name)) report({ at: keySpan, message: `No service mounts the volume "${name}"` });
  },
};
