import { nameVolume } from '../../cures/name-volume.ts';
import { dataDirectory, isAtOrBelow, isOnTmpfs, mountOver } from '../../model/data-places.ts';
import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

/** Apps that keep what users upload beside what a database keeps: themes, pictures, images of containers. */
const uploads: ReadonlySet<string> = new Set(['wordpress', 'nextcloud', 'joomla', 'registry']);

export const anonymousDataVolume: Rule = {
  id: 'compose/anonymous-data-volume',
  summary: 'A data store keeps its data in no named volume',
  why: 'The data lies in the container, or in a volume that only a random name tells apart: `docker compose down` and a new container leave it behind, and the database comes up empty.',
  sources: [
    'https://docs.docker.com/engine/storage/volumes/#named-and-anonymous-volumes',
    'https://docs.docker.com/reference/cli/docker/compose/down/',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN16'],
  aliases: [],
  examples: { bad: 'bad-no-volume', good: 'good-named' },
  service(service, report, project) {
    const directory = dataDirectory(service);
    const { facts } = service.image;
    if (!isContainer(service) || !facts || directory === undefined) return;
    if (!service.role.keepsData && !(uploads.has(facts.image) && !service.image.stage)) return;
    if (service.role.runs !== 'server' || !isMeantToLast(service) || isOnTmpfs(service, directory)) return;
    const mount = mountOver(service, directory);
    // A volume that the image declares further down hides what is mounted above it: compose/data-directory-missed.
    if (mount && (mount.type !== 'volume' || mount.source !== undefined)) return;
    if (service.mounts.some(({ target, source }) => source !== undefined && isAtOrBelow(target, directory))) return;
    const declared = facts.volumes?.some((volume) => isAtOrBelow(directory, volume)) === true || mount !== undefined;
    report({
      at: mount?.span ?? service.at('volumes'),
      message: declared
        ? `"${service.name}" keeps ${directory} in a volume without a name`
        : `"${service.name}" keeps ${directory} in the container itself`,
      severity: service.role.kind === 'database' || service.role.kind === 'search' ? 'high' : 'medium',
      confidence: facts.confidence,
      fix: () => nameVolume(service, project, directory, mount),
    });
  },
};

/** A cache is allowed to forget, unless its command says that it writes to disk. */
function isMeantToLast(service: Service): boolean {
  if (service.role.kind !== 'cache') return true;
  return service.process.commands.some(({ words }) =>
    words.some(({ text }, at) => /^--(?:appendonly|save)$/.test(text) && !/^(?:no|)$/.test(words[at + 1]?.text ?? '')),
  );
}
