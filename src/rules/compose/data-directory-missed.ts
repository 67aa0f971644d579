import { dataDirectory, isAtOrBelow } from '../../model/data-places.ts';
import { leastSure } from '../../vocabulary/severity.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const dataDirectoryMissed: Rule = {
  id: 'compose/data-directory-missed',
  summary: 'A volume is mounted beside the directory that the data is kept in',
  why: 'The volume stays empty and the data goes into one without a name: nobody notices until the container is replaced.',
  sources: [
    'https://github.com/docker-library/docs/blob/master/postgres/content.md',
    'https://github.com/docker-library/postgres/pull/1259',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN16'],
  aliases: [],
  byHand: 'the data of a running container must be moved first',
  examples: { bad: 'bad-postgres-18', good: 'good-postgres-18' },
  service(service, report) {
    const { facts } = service.image;
    const directory = dataDirectory(service);
    if (!isContainer(service) || !facts?.volumes || directory === undefined) return;
    const volume = facts.volumes.find((declared) => declared === facts.dataDir);
    // Somebody moved the data on purpose, and mounted a volume there.
    if (volume === undefined || directory !== facts.dataDir) return;
    if (service.mounts.some(({ target }) => same(target, volume))) return;
    const version = service.imageName?.reference?.tag ?? 'latest';
    for (const { target, span, source } of service.mounts) {
      if (source === undefined) continue;
      const below = isBelow(target, volume) && volume === '/var/lib/postgresql';
      // One mounted further up is hidden by the volume that the image declares.
      const above = isBelow(volume, target) && target !== '/';
      if (!below && !above) continue;
      report({
        at: span,
        message: `"${service.name}" mounts ${target}, but ${facts.image}:${version} keeps its data in a volume at ${volume}`,
        // `latest` was 18 when the tables were made, and may be another on this host.
        confidence: /^\d/.test(version) ? facts.confidence : leastSure(facts.confidence, 'likely'),
      });
    }
  },
};

function same(first: string, second: string): boolean {
  return isAtOrBelow(first, second) && isAtOrBelow(second, first);
}

function isBelow(path: string, directory: string): boolean {
  return isAtOrBelow(path, directory) && !same(path, directory);
}
