import { ownNginxCache, ownPlace } from '../../cures/open-to-user.ts';
import type { FileEffect } from '../../model/image/image.ts';
import { placesNginxLeaves } from '../../model/nginx-writes.ts';
import type { Service } from '../../model/service.ts';
import { plainPath } from '../../vocabulary/path-end.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Rule } from '../rule.ts';
import { lackAt, object } from '../subject.ts';

export const userCannotWrite: Rule = {
  id: 'project/user-cannot-write',
  summary: 'A directory that the user of the container cannot write to',
  why: 'The service ends with "permission denied" at its first write: the volume is created as root\'s, because nothing in the image says whose it is.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#volume',
    'https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container',
    'https://github.com/nginx/docker-nginx-unprivileged',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG7', 'RUN16'],
  aliases: [],
  drill: 'runs-as-non-root',
  examples: { bad: 'bad-volume-of-root', good: 'good-chown' },
  service(service, report, project) {
    const { image, user } = service;
    if (service.privilege !== 'non-root' || !user || image.facts?.os?.family === 'windows') return;
    const [name = ''] = user.value.split(':');
    if (!placesNginxLeaves(project.files, service).includes('/var/cache/nginx')) nginxCache(service, name, report);
    if (!image.stage) return;
    const places = new Map<string, { at: Span; what: string }>();
    for (const fact of image.volumes)
      if (fact.from.kind === 'file' && fact.value.startsWith('/'))
        places.set(clean(fact.value), { at: fact.from.span, what: 'volume' });
    // A new named volume takes the owner of the directory that it covers; a bind mount keeps the host's.
    for (const { type, source, target, readOnly, span } of service.mounts)
      if (type === 'volume' && !readOnly && source !== undefined)
        places.set(clean(target), { at: span, what: 'volume' });
    for (const [path, { at, what }] of [...places].slice(0, mostPlaces)) {
      if (!madeForRoot(path, image.files, image.facts?.isBase === true || image.facts?.kind === 'language')) continue;
      const message = `User ${name} of ${object(service, at)} cannot write to the ${what} ${path}, which belongs to root`;
      report({ at, message, fix: () => ownPlace(service, path) });
    }
  },
};

// Each is compared with every file that the lines touch.
const mostPlaces = 100;

/** Nobody gives the directory, or one above it, to anybody: then it is root's. Undefined bases may bring it. */
function madeForRoot(path: string, files: readonly FileEffect[], plainBase: boolean): boolean {
  if (/^\/(?:tmp|var\/tmp|dev\/shm)(?:\/|$)/.test(path) || /^\/home(?:\/|$)/.test(path)) return false;
  const about = files.filter(
    (effect) => effect.kind !== 'volume' && (within(path, effect.path) || within(effect.path, path)),
  );
  if (
    about.some(
      (effect) =>
        effect.kind === 'chown' || effect.kind === 'chmod' || effect.owner !== undefined || effect.mode !== undefined,
    )
  )
    return false;
  // Made by a RUN that already runs as the user: it is the user's. WORKDIR takes the user in BuildKit's way: root's until 20.10, so unsure.
  const own = about.filter((effect) => within(effect.path, path) || effect.path === path);
  if (about.some((effect) => effect.step.user !== undefined && !isRoot(effect.step.user.value))) return false;
  // Programs of packages may make directories; only what the lines themselves make, or nothing makes at all, is sure.
  const ofPackages = /^\/(?:var|usr|etc|opt|srv)\//.test(path);
  if (own.some((effect) => effect.kind === 'create')) return true;
  // Copied files may be there to be read only.
  if (ofPackages || own.some((effect) => effect.kind === 'copy' || effect.kind === 'add')) return false;
  return plainBase || own.some((effect) => effect.kind === 'workdir');
}

/** nginx as its own user: the cache directories of the official image are root's. */
function nginxCache(service: Service, name: string, report: Parameters<NonNullable<Rule['service']>>[1]): void {
  const { image } = service;
  if (image.facts?.image !== 'nginx') return;
  const cache = '/var/cache/nginx';
  if (
    image.files.some(
      (effect) =>
        (effect.kind === 'chown' || effect.kind === 'chmod') &&
        (within(cache, effect.path) || within(effect.path, cache)),
    )
  )
    return;
  if (
    service.mounts.some(({ target }) => within(cache, target)) ||
    service.tmpfs.some(({ value }) => within(cache, value.split(':')[0] ?? ''))
  )
    return;
  const at = service.user?.from.kind === 'file' ? service.user.from.span : lackAt(service, 'user');
  report({
    at,
    message: `User ${name} of ${object(service, at)} cannot write to ${cache}, which nginx needs to start`,
    fix: () => ownNginxCache(service),
  });
}

/** `path` is `folder`, or lies in it. */
function within(path: string, folder: string): boolean {
  return path === folder || folder === '/' || path.startsWith(`${folder}/`);
}

function clean(path: string): string {
  return plainPath(path);
}

function isRoot(user: string): boolean {
  return /^(?:root|0)(?::|$)/.test(user);
}
