import type { EngineInfo } from '../../engine/engine.ts';
import type { MountBody, ServicePlan, StackPlan } from '../../stack/plan.ts';
import { volumeInMemory } from './volume-in-memory.ts';

/** Its volumes are memory of this size for the drill, so that the engine's own disk is never filled. */
export const volumeBytes = 256 << 20;
export const tmpfsBytes = 32 << 20;

export function smallTmpfs(plan: ServicePlan): ServicePlan {
  const { Mounts, Tmpfs } = plan.body.HostConfig;
  const small = (mount: MountBody): MountBody =>
    mount.Type === 'tmpfs' && !sizeOf(mount) ? { ...mount, TmpfsOptions: { SizeBytes: tmpfsBytes } } : mount;
  const sized = (options: string) =>
    /\bsize=/.test(options) ? options : [options, `size=${tmpfsBytes}`].filter(Boolean).join(',');
  const HostConfig = {
    ...plan.body.HostConfig,
    ...(Mounts ? { Mounts: Mounts.map(small) } : {}),
    ...(Tmpfs
      ? { Tmpfs: Object.fromEntries(Object.entries(Tmpfs).map(([target, options]) => [target, sized(options)])) }
      : {}),
  };
  return { ...plan, body: { ...plan.body, HostConfig } };
}

function sizeOf(mount: MountBody): boolean {
  return typeof mount['TmpfsOptions'] === 'object' && mount['TmpfsOptions'] !== null;
}

/** The volumes that this service uses: of memory, and small. */
export function smallVolumes(plan: StackPlan, service: string, engine: EngineInfo): StackPlan {
  const { Mounts = [], Binds = [] } = plan.services.find(({ name }) => name === service)?.body.HostConfig ?? {};
  const used = new Set([...Mounts.map(({ Source }) => Source), ...Binds.map((bind) => bind.split(':')[0])]);
  return {
    ...plan,
    volumes: plan.volumes.map((volume) =>
      used.has(volume.name) && !volume.external
        ? { ...volume, body: { ...volume.body, ...volumeInMemory(volumeBytes, engine) } }
        : volume,
    ),
  };
}
