import { factConfidence } from '../../knowledge/image-facts.ts';
import { placesNginxLeaves } from '../../model/nginx-writes.ts';
import type { Service } from '../../model/service.ts';
import { isAtOrBelow, isOnTmpfs, mountOver } from '../data-places.ts';
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
    const left = facts.image === 'nginx' ? placesNginxLeaves(project.files, service) : [];
    const missing = facts.writes.filter(
      (path) => !left.includes(path) && !isWritable(service, path) && !isForTemplates(service, path),
    );
    if (missing.length === 0) return;
    // /tmp alone is needed now and then, not at the start.
    const onlyTemporary = missing.every((path) => path === '/tmp' || path === '/var/tmp');
    report({
      at: service.at('read_only'),
      message: `"${service.name}" is read-only, but ${facts.image} writes to ${listed(missing, 9)}`,
      severity: onlyTemporary ? 'medium' : 'high',
      // What a Dockerfile puts on top may have changed it.
      confidence: service.image.stage ? 'guess' : factConfidence(facts, 'writes'),
    });
  },
};

/** nginx fills its conf.d from templates, and does without where it cannot write and has none. */
function isForTemplates(service: Service, path: string): boolean {
  return (
    path === '/etc/nginx/conf.d' && !service.mounts.some(({ target }) => target.startsWith('/etc/nginx/templates'))
  );
}

function isWritable(service: Service, path: string): boolean {
  if (isAtOrBelow(path, '/dev/shm') || isOnTmpfs(service, path)) return true;
  const mount = mountOver(service, path);
  if (mount) return !mount.readOnly;
  // What the image declares becomes a volume of its own, which is writable. A mount below does as well: /data/db of /data.
  const declared = [...service.image.volumes.map(({ value }) => value), ...(service.image.facts?.volumes ?? [])];
  return (
    declared.some((volume) => isAtOrBelow(path, volume)) ||
    service.mounts.some(({ target, readOnly }) => !readOnly && isAtOrBelow(target, path))
  );
}
