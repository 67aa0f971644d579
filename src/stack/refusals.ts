import { child, itemsOf, type Maybe, text, textsOf } from '../model/compose/tree-access.ts';
import { isRemote } from '../model/read-project.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Asked } from './asked.ts';
import { registryCache } from './image-plan.ts';

/** An attribute that we do not start faithfully, and why. */
export interface Refusal {
  /** Below `services.*`. */
  readonly path: string;
  readonly because: string;
  readonly hint?: string;
  /** Which values; without it, all but those that ask for nothing (null, false, empty). */
  readonly when?: (node: Maybe) => boolean;
}

/** What a plan would be wrong without: it is named, with its line, and nothing is started. */
export const refusals: readonly Refusal[] = [
  { path: 'provider', because: 'a program of the host would provide it, not a container' },
  { path: 'models', because: 'models are run by Docker Model Runner, not by the engine' },
  { path: 'use_api_socket', because: 'it hands over the socket of the engine: root on the host' },
  { path: 'credential_spec', because: 'group-managed service accounts are of Windows' },
  { path: 'pre_start', because: 'hooks that run before the start in a container of their own are not known here' },
  { path: 'build.ssh', because: 'no keys are lent to a build', hint: useImage() },
  { path: 'build.additional_contexts', because: 'the engine is sent one context', hint: useImage() },
  { path: 'build.entitlements', because: 'the engine takes no extra rights for a build', hint: useImage() },
  { path: 'build.privileged', because: 'the engine does not build with all privileges' },
  { path: 'build.isolation', because: 'isolation of a build is of Windows' },
  { path: 'build.no_cache_filter', because: 'the engine knows no_cache for all stages only' },
  { path: 'build.platforms', because: 'the engine builds for one platform', when: (node) => textsOf(node).length > 1 },
  {
    path: 'build.context',
    because: 'a context that is not on this machine is not fetched',
    hint: 'Clone it, and name its directory.',
    when: (node) => isRemote(text(node) ?? ''),
  },
];

/** What changes nothing of what runs: caches and attestations. It is told and left out. */
const leftOut: readonly Refusal[] = [
  { path: 'build.cache_to', because: 'caches are not exported' },
  { path: 'build.provenance', because: 'nothing is attested', when: (node) => asks(node) && text(node) !== 'false' },
  { path: 'build.sbom', because: 'nothing is attested', when: (node) => asks(node) && text(node) !== 'false' },
  {
    path: 'build.cache_from',
    because: 'caches other than images are not read',
    when: (node) => textsOf(node).some((source) => registryCache(source) === undefined),
  },
];

export const leftOutPaths: readonly string[] = leftOut.map(({ path }) => path);

/** Throws `unsupported` for the first attribute that cannot be started as it is written. */
export function refuse(asked: Asked): void {
  for (const refusal of refusals) {
    const node = child(asked.node, refusal.path);
    if (!node || !(refusal.when ?? asks)(node)) continue;
    const { because, hint = 'Leave the service out, or change what is named.' } = refusal;
    throw new SeaworthyError(
      'unsupported',
      `${asked.place(node.span)}: services.${asked.name}.${refusal.path} cannot be started: ${because}`,
      { hint },
    );
  }
}

export function notesOf(asked: Asked): string[] {
  return leftOut.flatMap(({ path, because, when = asks }) => {
    const node = child(asked.node, path);
    return node && when(node)
      ? [`${asked.place(node.span)}: services.${asked.name}.${path} is left out: ${because}`]
      : [];
  });
}

/** Neither null, nor false, nor empty. */
function asks(node: Maybe): boolean {
  if (node?.kind === 'map') return node.entries.size > 0;
  if (node?.kind === 'list') return itemsOf(node).length > 0;
  return node?.kind === 'scalar' && node.value !== false && node.value !== null && node.value !== '';
}

function useImage(): string {
  return 'Build it with docker compose build, and name the image alone.';
}
