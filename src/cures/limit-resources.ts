import { fixOf, together } from '../edit/change.ts';
import { mergeAttribute, setAttribute, yamlOf } from '../edit/compose.ts';
import { type DefaultLimits, defaultLimits } from '../knowledge/default-limits.ts';
import { child, text } from '../model/compose/tree-access.ts';
import { memoryAsks, memoryTexts, workersOf } from '../model/memory-asks.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { mainCommand } from '../model/service-role.ts';
import type { Cure } from '../vocabulary/fix.ts';

const mebibyte = 2 ** 20;

/** A limit that what the service asks for fits in, and half of it reserved. */
export function limitMemory(service: Service, project: Project): Cure {
  const { memoryMebibytes, because } = limitsOf(service);
  const asked = Math.max(
    0,
    ...memoryTexts(service)
      .flatMap(memoryAsks)
      .map(({ bytes }) => bytes / mebibyte),
  );
  const workers = (workersOf(service)?.count ?? 0) * 96;
  const reserved = (service.memoryReservation?.value ?? 0) / mebibyte;
  // A heap is at most three quarters: code, threads and buffers come beside it.
  const limit = roundUp(Math.max(memoryMebibytes, asked / 0.75, workers, reserved));
  const about = {
    title: `Limit memory to ${shown(limit)}`,
    safety: 'review',
    provedBy: 'memory-limit',
    note: `a value to begin with (${asked > 0 ? 'what its options ask for, and a third more' : because}): measure, then set your own`,
  } as const;
  if (usesOwnKeys(service, project, 'mem_limit'))
    return fixOf(about, setAttribute(project, service, 'mem_limit', bytes(limit)));
  return fixOf(
    about,
    service.memoryReservation || hasReservations(service)
      ? setAttribute(project, service, 'deploy.resources.limits.memory', bytes(limit))
      : inResources(service, project, { memory: bytes(limit) }, { memory: bytes(limit / 2) }),
  );
}

/** Swap as large as nothing: what the memory limit says is what it has. */
export function withoutSwap(service: Service, project: Project): Cure {
  const limit = service.memoryLimit;
  if (!limit) return { left: 'it has no memory limit that its swap could be measured by' };
  return fixOf(
    { title: 'Give it no swap beside its memory', safety: 'review', provedBy: 'memory-limit' },
    setAttribute(project, service, 'memswap_limit', bytes(limit.value / mebibyte)),
  );
}

export function limitCpu(service: Service, project: Project): Cure {
  const { cpus, because } = limitsOf(service);
  const least = Math.max(Number(cpus), service.cpuReservation?.value ?? 0);
  const value = least === Number(cpus) ? cpus : String(least);
  const about = {
    title: `Limit processors to ${value}`,
    safety: 'review',
    provedBy: 'cpu-limit',
    note: `a value to begin with (${because}): measure, then set your own`,
  } as const;
  return fixOf(
    about,
    usesOwnKeys(service, project, 'cpus')
      ? setAttribute(project, service, 'cpus', Number(value))
      : inResources(service, project, { cpus: value }, {}),
  );
}

export function limitPids(service: Service, project: Project): Cure {
  const { pids } = limitsOf(service);
  const about = {
    title: `Limit processes to ${pids}`,
    safety: 'review',
    provedBy: 'pids-limit',
    note: 'threads count too',
  } as const;
  // Compose refuses pids_limit beside deploy.resources.limits unless both say the same.
  const inDeploy =
    service.attribute('pids_limit') === undefined && service.attribute('deploy.resources.limits') !== undefined;
  return fixOf(about, setAttribute(project, service, inDeploy ? 'deploy.resources.limits.pids' : 'pids_limit', pids));
}

export function limitsOf(service: Service): DefaultLimits {
  const { facts, base, stage } = service.image;
  // What is built on nginx or node is an app of its own; the image's row speaks of the image as it comes.
  // Of an image that nobody looked at, a large program is assumed: too tight a limit ends it, a wide one costs little.
  const kind = facts?.kind ?? (stage ? 'language' : 'app');
  return defaultLimits(base ? nameOf(base.text) : undefined, kind, mainCommand(service.process.commands)?.name);
}

function nameOf(reference: string): string {
  return reference
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .replace(/^(?:docker\.io\/)?(?:library\/)?/, '');
}

/** `mem_limit`, `cpus`, `pids_limit` instead of `deploy`: where one is there already, Compose refuses the two together. */
function usesOwnKeys(service: Service, project: Project, key: string): boolean {
  if (service.attribute(key) !== undefined) return true;
  if (service.attribute('deploy.resources.limits') !== undefined) return false;
  return (
    ['mem_limit', 'cpus', 'pids_limit'].some((name) => service.attribute(name) !== undefined) ||
    isOldFormat(service, project)
  );
}

/** Files of version 2 have no `deploy`: those who still say so call the old program. */
function isOldFormat(service: Service, project: Project): boolean {
  const root = yamlOf(project, service.nameSpan.file)?.documents[0];
  return /^2(?:\.|$)/.test(text(child(root, 'version')) ?? '');
}

function hasReservations(service: Service): boolean {
  return service.attribute('deploy.resources.reservations') !== undefined;
}

function inResources(
  service: Service,
  project: Project,
  limits: { readonly [key: string]: string },
  reservations: { readonly [key: string]: string },
) {
  const path = 'deploy.resources';
  if (service.attribute(`${path}.limits`) !== undefined) {
    const change = mergeAttribute(project, service, `${path}.limits`, limits);
    return Object.keys(reservations).length === 0 || hasReservations(service)
      ? change
      : together(change, mergeAttribute(project, service, path, { reservations }));
  }
  return mergeAttribute(project, service, path, {
    limits,
    ...(Object.keys(reservations).length > 0 && !hasReservations(service) ? { reservations } : {}),
  });
}

/** To the next size that people write. */
function roundUp(mebibytes: number): number {
  const step = mebibytes > 4096 ? 1024 : mebibytes > 1024 ? 512 : 128;
  return Math.ceil(mebibytes / step) * step;
}

function bytes(mebibytes: number): string {
  return mebibytes >= 1024 && mebibytes % 1024 === 0 ? `${mebibytes / 1024}G` : `${mebibytes}M`;
}

function shown(mebibytes: number): string {
  return mebibytes >= 1024 && mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}
