import type { ServicePlan, VolumePlan } from '../../stack/plan.ts';
import { fieldsOf } from './fields.ts';
import type { Copy } from './isolated.ts';

/** Folders that mounts name inside volumes: a throwaway volume is empty, and without them nothing could be mounted. */
export function subpathsOf(services: readonly ServicePlan[], volumes: readonly VolumePlan[]): Copy[] {
  const folders = new Map<string, Set<string>>();
  for (const { body } of services)
    for (const { Source, VolumeOptions } of body.HostConfig.Mounts ?? []) {
      const key = volumes.find(({ name }) => name === Source)?.key;
      const { Subpath } = fieldsOf(VolumeOptions);
      if (key !== undefined && typeof Subpath === 'string')
        folders.set(key, (folders.get(key) ?? new Set()).add(Subpath));
    }
  return [...folders].map(([volume, names]) => ({
    volume,
    scope: 'world',
    items: [...names].map((name) => ({ kind: 'folder', name })),
  }));
}

/** A path that stays in its volume. */
export const isSubpath = (path: string) => !path.startsWith('/') && !path.split('/').includes('..');
