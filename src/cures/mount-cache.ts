import { edited, fixOf } from '../edit/change.ts';
import { addFlags } from '../edit/dockerfile.ts';
import { packageCaches } from '../knowledge/package-caches.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { Cure, Wishes } from '../vocabulary/fix.ts';

/**
 * What is downloaded lies in a cache mount: it is no part of the layer, and the next build finds it. Undefined where
 * nobody wished for it, or whose home it would be is not known.
 */
export function mountCache(step: Step, program: string, { caches }: Wishes): Cure | undefined {
  const known = packageCaches[program];
  const { instruction, stage } = step;
  if (caches !== 'mounted' || !known || instruction.keyword !== 'RUN' || instruction.heredocs.length > 1)
    return undefined;
  const isRoot = step.user?.value === 'root' || step.user?.value === '0';
  // The mount would belong to root.
  if (!isRoot) return undefined;
  const mounts = known.folders
    .map((folder) => folder.replace('~', '/root'))
    .filter((folder) => step.mounts.every(({ target }) => target !== folder))
    .map((folder) => `--mount=type=cache,target=${folder}${known.locked ? ',sharing=locked' : ''}`);
  return fixOf(
    {
      title: `Keep what ${program} downloads in a cache mount`,
      safety: 'safe',
      note: 'needs BuildKit, the default since Docker 23',
    },
    edited(addFlags(stage.dockerfile, instruction, mounts)),
  );
}
