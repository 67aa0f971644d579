import type { Engine } from '../../engine/engine.ts';
import type { StackPlan, VolumePlan } from '../../stack/plan.ts';
import { copyByEngine } from './copy-volume.ts';

export interface SeedPair {
  /** Name of the real volume. */
  readonly from: string;
  /** Name of the throwaway one, and how it is made. */
  readonly to: VolumePlan;
}

const all = { bytes: Number.MAX_SAFE_INTEGER, entries: Number.MAX_SAFE_INTEGER };

/** Which real volumes the throwaway ones of a world stand for. Those in memory were empty at every start anyway. */
export function seedPairs(real: StackPlan, world: StackPlan): SeedPair[] {
  return world.volumes.flatMap((to) => {
    const from = real.volumes.find(({ key }) => key === to.key);
    return from && to.body['DriverOpts'] === undefined ? [{ from: from.name, to }] : [];
  });
}

/**
 * Fills throwaway volumes with what the real ones hold, which are mounted read-only. A copy of files that somebody
 * writes to meanwhile may not be consistent. Returns the names of real volumes that are not there: nothing is made
 * in their place.
 */
export async function seedVolumes(
  engine: Engine,
  helperImage: string,
  pairs: readonly SeedPair[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { from, to } of pairs) {
    signal?.throwIfAborted();
    // Mounting a volume that is not there would make it.
    if (!(await engine.inspectVolume(from))) {
      missing.push(from);
      continue;
    }
    await engine.createVolume(to.name, to.body);
    const source = { Type: 'volume' as const, Source: from, Target: '/from', VolumeOptions: { NoCopy: true } };
    const order = { from: source, volume: to.name, name: '.', limits: all };
    await copyByEngine(engine, helperImage, order, signal);
  }
  return missing;
}
