import type { EngineInfo } from '../../engine/engine.ts';
import type { MountBody, ServicePlan, StackPlan } from '../../stack/plan.ts';
import { volumeInMemory } from './volume-in-memory.ts';

/** Where a service may write, by path in the container. Its root is not among them: filling that fills the engine's disk. */
export function writablePlaces({ body: { HostConfig } }: ServicePlan): readonly string[] {
  const { Tmpfs = {}, Mounts = [], Binds = [] } = HostConfig;
  const tmpfs = Object.entries(Tmpfs).filter(([, options]) => !options.split(',').includes('ro'));
  const mounts = Mounts.filter(({ Type, ReadOnly }) => !ReadOnly && (Type === 'tmpfs' || Type === 'volume'));
  const bound = Binds.map(boundVolume).filter((bind) => bind !== undefined && !bind.readOnly);
  return [
    ...new Set([
      ...tmpfs.map(([path]) => path),
      ...mounts.map(({ Target }) => Target),
      ...bound.map((bind) => bind?.target ?? ''),
    ]),
  ];
}

/** `data:/var/lib/data:ro`, where that is a volume and no folder of the engine's machine. */
function boundVolume(bind: string): { name: string; target: string; readOnly: boolean } | undefined {
  const [name = '', target = '', options = ''] = bind.split(':');
  return name.startsWith('/') ? undefined : { name, target, readOnly: options.split(',').includes('ro') };
}

/**
 * The stack with every volume and tmpfs of the service held in memory, `bytes` at most, so that it can be filled without
 * touching the engine's disk. A tmpfs that the file makes smaller stays so.
 */
export function withSmallDisks(
  plan: StackPlan,
  service: string,
  bytes: number,
  engine: Pick<EngineInfo, 'isPodman'>,
): StackPlan {
  const subject = plan.services.find(({ name }) => name === service);
  const { Mounts = [], Binds = [] } = subject?.body.HostConfig ?? {};
  const used = new Set([
    ...Mounts.flatMap(({ Type, Source }) => (Type === 'volume' && Source ? [Source] : [])),
    ...Binds.flatMap((bind) => boundVolume(bind)?.name ?? []),
  ]);
  return {
    ...plan,
    volumes: plan.volumes.map((volume) =>
      used.has(volume.name) && !volume.external
        ? {
            ...volume,
            body: {
              ...volume.body,
              ...volumeInMemory(bytes, engine),
            },
          }
        : volume,
    ),
    services: plan.services.map((one) => (one.name === service ? withSmallTmpfs(one, bytes) : one)),
  };
}

function withSmallTmpfs(plan: ServicePlan, bytes: number): ServicePlan {
  const { HostConfig } = plan.body;
  const tmpfs = Object.entries(HostConfig.Tmpfs ?? {}).map(
    ([path, options]) => [path, capped(options, bytes)] as const,
  );
  return {
    ...plan,
    body: {
      ...plan.body,
      HostConfig: {
        ...HostConfig,
        ...(HostConfig.Tmpfs ? { Tmpfs: Object.fromEntries(tmpfs) } : {}),
        ...(HostConfig.Mounts ? { Mounts: HostConfig.Mounts.map((mount) => smaller(mount, bytes)) } : {}),
      },
    },
  };
}

function smaller(mount: MountBody, bytes: number): MountBody {
  if (mount.Type !== 'tmpfs') return mount;
  const options = mount['TmpfsOptions'];
  const own = typeof options === 'object' && options !== null ? options : {};
  const size = 'SizeBytes' in own ? Number(own.SizeBytes) : 0;
  return { ...mount, TmpfsOptions: { ...own, SizeBytes: size > 0 ? Math.min(size, bytes) : bytes } };
}

/** `rw,size=64m` keeps what is smaller; without a size it gets one. */
function capped(options: string, bytes: number): string {
  const rest = options.split(',').filter((option) => option !== '' && !option.startsWith('size='));
  const size = /(?:^|,)size=(\d+)([kmg]?)/i.exec(options);
  const own = size ? Number(size[1]) * 1024 ** ['', 'k', 'm', 'g'].indexOf((size[2] ?? '').toLowerCase()) : 0;
  return [...rest, `size=${own > 0 ? Math.min(own, bytes) : bytes}`].join(',');
}
