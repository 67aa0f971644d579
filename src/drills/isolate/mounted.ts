import type { ContainerBody, MountBody } from '../../stack/plan.ts';

/** One mount of a service, whether it is written as a bind of the short form or as a mount. */
export interface Mounted {
  readonly kind: 'bind' | 'volume' | 'other';
  /** Path on the host, or name of the volume. Undefined for what has none. */
  readonly source: string | undefined;
  readonly target: string;
  readonly readOnly: boolean;
  /** The engine makes a directory where a bind's source is missing. */
  readonly makesSource: boolean;
  readonly written: string | MountBody;
}

/** Those of `Binds`, then those of `Mounts`. */
export function mountsOf(body: ContainerBody): Mounted[] {
  const { Binds = [], Mounts = [] } = body.HostConfig;
  return [...Binds.map(fromBind), ...Mounts.map(fromMount)];
}

export function withMounts(body: ContainerBody, written: readonly (string | MountBody)[]): ContainerBody {
  const { Binds: _binds, Mounts: _mounts, ...host } = body.HostConfig;
  const Binds = written.filter((one) => typeof one === 'string');
  const Mounts = written.filter((one) => typeof one !== 'string');
  return {
    ...body,
    HostConfig: { ...host, ...(Binds.length > 0 ? { Binds } : {}), ...(Mounts.length > 0 ? { Mounts } : {}) },
  };
}

/** The same with another source. */
export function fromSource({ written, source }: Mounted, other: string): string | MountBody {
  if (typeof written !== 'string') return { ...written, Source: other };
  return `${other}${written.slice(source?.length ?? 0)}`;
}

/** `source:target:options`: planners write all three, and a source of Windows has a colon of its own. */
function fromBind(written: string): Mounted {
  const end = written.lastIndexOf(':');
  const middle = written.lastIndexOf(':', end - 1);
  const source = written.slice(0, middle);
  return {
    kind: isPath(source) ? 'bind' : 'volume',
    source,
    target: written.slice(middle + 1, end),
    readOnly: written
      .slice(end + 1)
      .split(',')
      .includes('ro'),
    makesSource: true,
    written,
  };
}

function fromMount(mount: MountBody): Mounted {
  const { Type, Source, Target, ReadOnly = false } = mount;
  const options = mount['BindOptions'];
  const makes = typeof options === 'object' && options !== null && Reflect.get(options, 'CreateMountpoint') === true;
  return {
    kind: Type === 'bind' ? 'bind' : Type === 'volume' || Type === 'cluster' ? 'volume' : 'other',
    source: Source,
    target: Target,
    readOnly: ReadOnly,
    makesSource: makes,
    written: mount,
  };
}

const isPath = (source: string) => /^(?:[/\\~.]|[A-Za-z]:[\\/])/.test(source);
