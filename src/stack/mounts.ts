import { child, itemsOf, type Maybe, textsOf } from '../model/compose/tree-access.ts';
import type { Asked } from './asked.ts';
import type { Body, HostBody, MountBody } from './plan.ts';
import { present, some } from './present.ts';
import { booleanAt, mappingAt, numberAt, textAt } from './values.ts';

/**
 * `volumes`, `tmpfs` and `volumes_from`. Plain bind mounts go as `Binds`, as Compose sends them: only those make a
 * missing directory of the host below API 1.42 (https://github.com/moby/moby/issues/43483).
 */
export function mounts(asked: Asked): Partial<HostBody> {
  const binds: string[] = [];
  const others: MountBody[] = [];
  for (const volume of itemsOf(child(asked.node, 'volumes'))) {
    const bind = asBind(volume);
    if (bind === undefined) others.push(asMount(asked, volume));
    else binds.push(bind);
  }
  const memory = textsOf(child(asked.node, 'tmpfs')).map((written): [string, string] => {
    const colon = written.indexOf(':');
    return colon === -1 ? [written, ''] : [written.slice(0, colon), written.slice(colon + 1)];
  });
  return present({
    Binds: some(binds),
    Mounts: some(others),
    Tmpfs: memory.length > 0 ? Object.fromEntries(memory) : undefined,
    VolumesFrom: some(textsOf(child(asked.node, 'volumes_from')).map(volumesFrom)),
  });
}

/** `source:target:rw,z`; undefined where the short form cannot say it. */
function asBind(volume: Maybe): string | undefined {
  const source = textAt(volume, 'source');
  if (source === undefined || textAt(volume, 'type') !== 'bind') return undefined;
  const options = [booleanAt(volume, 'read_only') === true ? 'ro' : 'rw'];
  const bind = child(volume, 'bind');
  if (booleanAt(bind, 'create_host_path') === false || recursion(bind) !== undefined) return undefined;
  const propagation = textAt(bind, 'propagation');
  if (propagation !== undefined && !isShort(volume)) return undefined;
  const label = textAt(bind, 'selinux');
  if (label) options.push(label);
  if (propagation !== undefined) options.push(propagation);
  return `${source}:${textAt(volume, 'target')}:${options.join()}`;
}

/** `/:/host:ro,rslave` goes as it is written. In the short form, what options say has the span of the whole. */
function isShort(volume: Maybe): boolean {
  const [target, option] = [child(volume, 'target')?.span, child(volume, 'bind.propagation')?.span];
  return target !== undefined && option !== undefined && option.start <= target.start && option.end >= target.end;
}

function asMount(asked: Asked, volume: Maybe): MountBody {
  const type = textAt(volume, 'type') ?? 'volume';
  const source = textAt(volume, 'source');
  const named = type === 'volume' || type === 'cluster';
  return present({
    Type: type as MountBody['Type'],
    Source: source !== undefined && named ? asked.nameOf('volumes', source) : source,
    Target: textAt(volume, 'target') ?? '',
    ReadOnly: booleanAt(volume, 'read_only') === true ? true : undefined,
    Consistency: textAt(volume, 'consistency'),
    BindOptions: type === 'bind' ? bindOptions(child(volume, 'bind')) : undefined,
    VolumeOptions: named ? volumeOptions(child(volume, 'volume')) : undefined,
    TmpfsOptions: type === 'tmpfs' ? memoryOptions(child(volume, 'tmpfs')) : undefined,
    ImageOptions: type === 'image' ? imageOptions(child(volume, 'image')) : undefined,
  });
}

function bindOptions(bind: Maybe): Body | undefined {
  if (bind?.kind !== 'map') return undefined;
  return present({
    Propagation: textAt(bind, 'propagation'),
    CreateMountpoint: booleanAt(bind, 'create_host_path') === false ? undefined : true,
    ...recursion(bind),
  });
}

/** Engine API: NonRecursive since 1.40, the two others since 1.44. */
function recursion(bind: Maybe): Body | undefined {
  switch (textAt(bind, 'recursive')) {
    case 'disabled':
      return { NonRecursive: true };
    case 'writable':
      return { ReadOnlyNonRecursive: true };
    case 'readonly':
      return { ReadOnlyForceRecursive: true };
    default:
      return undefined;
  }
}

function volumeOptions(volume: Maybe): Body | undefined {
  if (volume?.kind !== 'map') return undefined;
  return present({
    NoCopy: booleanAt(volume, 'nocopy'),
    Labels: mappingAt(volume, 'labels'),
    Subpath: textAt(volume, 'subpath'),
  });
}

function memoryOptions(memory: Maybe): Body | undefined {
  if (memory?.kind !== 'map') return undefined;
  return present({ SizeBytes: numberAt(memory, 'size'), Mode: numberAt(memory, 'mode') });
}

function imageOptions(image: Maybe): Body | undefined {
  const subpath = textAt(image, 'subpath');
  return subpath === undefined ? undefined : { Subpath: subpath };
}

/** `service:NAME[:mode]` for one of ours, whose container is known when it runs; `NAME[:mode]` for others. */
function volumesFrom(written: string): string {
  return written.startsWith('container:') ? written.slice('container:'.length) : `service:${written}`;
}
