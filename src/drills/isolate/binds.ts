import type { MountBody, ServicePlan } from '../../stack/plan.ts';
import { printBytes } from '../../vocabulary/bytes.ts';
import { type CopyPlace, copyUnits, type Wanted } from './copy-units.ts';
import type { Copy, Note } from './isolated.ts';
import { notThere } from './invented.ts';
import { looksLikeFile } from './looks-like-file.ts';
import { type Mounted, mountsOf, withMounts } from './mounted.ts';
import { type Place, type PlaceOptions, placeOf, placeOfSecret } from './places.ts';

/** A bind mount of a service, and what a drill may do with it. */
export interface JudgedBind {
  readonly mounted: Mounted;
  readonly place: Exclude<Place, { as: 'refused' }>;
  readonly kind: 'bind' | 'secret' | 'config';
}

export interface JudgedService {
  readonly plan: ServicePlan;
  readonly binds: readonly JudgedBind[];
}

/** Files of the project's secrets and configs, by absolute path. */
export type SecretFiles = ReadonlyMap<string, 'secret' | 'config'>;

/** Judges every bind mount of a service, or tells why the service cannot be started safely. */
export function judgeBinds(
  plan: ServicePlan,
  secretFiles: SecretFiles,
  options: PlaceOptions,
): JudgedService | { readonly because: string } {
  const binds: JudgedBind[] = [];
  for (const mounted of mountsOf(plan.body)) {
    const { source, readOnly, written } = mounted;
    if (typeof written !== 'string' && written.Type === 'npipe')
      return { because: `it mounts the pipe ${source}: what answers there is real` };
    if (mounted.kind !== 'bind' || source === undefined) continue;
    const kind = (readOnly && secretFiles.get(source)) || 'bind';
    const place = kind === 'bind' ? placeOf(source, readOnly, options) : placeOfSecret(source, options);
    if (place.as === 'refused') return place;
    if (place.as === 'copy' && place.kind === 'missing' && kind === 'bind' && !mounted.makesSource)
      return { because: `it mounts ${source}, which is not there (create_host_path is false)` };
    binds.push({ mounted, place, kind });
  }
  return { plan, binds };
}

/** In place of bind mounts: copies in volumes of the plan, empty ones, and read-only mounts. */
export function withoutBinds(
  services: readonly JudgedService[],
  taken: ReadonlySet<string>,
  noteFor: (service: string) => Note,
  randomText: () => string,
): { readonly services: readonly ServicePlan[]; readonly copies: readonly Copy[] } {
  const wanted = services.flatMap(({ binds }) => binds.flatMap((bind) => wantedFor(bind, randomText)));
  const { copies, placeOf: copyOf } = copyUnits(wanted, taken);
  return {
    copies,
    services: services.map(({ plan, binds }) => {
      const note = noteFor(plan.name);
      const judged = new Map(binds.map((bind) => [bind.mounted.written, bind]));
      const written = mountsOf(plan.body).map((mounted) => {
        const bind = judged.get(mounted.written);
        return bind ? inPlaceOf(bind, copyOf, note) : mounted.written;
      });
      return { ...plan, body: withMounts(plan.body, written) };
    }),
  };
}

function wantedFor({ mounted, place, kind }: JudgedBind, randomText: () => string): Wanted[] {
  if (place.as !== 'copy') return [];
  const isFile = looksLikeFile(mounted.target) || looksLikeFile(place.path);
  const text = kind === 'bind' ? (isFile ? '' : undefined) : randomText();
  return [{ source: place, isWritten: !mounted.readOnly, text }];
}

function inPlaceOf({ mounted, place, kind }: JudgedBind, copyOf: (path: string) => CopyPlace, note: Note): MountBody {
  const { source = '', target: Target, readOnly } = mounted;
  const ReadOnly = readOnly ? { ReadOnly: true } : {};
  const wanted = `${source}:${Target}`;
  switch (place.as) {
    case 'read-only':
      note('bind', wanted, readOnly ? 'the same, read-only as it is written' : 'the same, read-only');
      // A read-only mount leaves mounts below it writable before Engine 25; not recursive, there are none.
      return { Type: 'bind', Source: place.path, Target, ReadOnly: true, BindOptions: { NonRecursive: true } };
    case 'copy': {
      const { volume, name } = copyOf(place.path);
      note(kind, wanted, copyNote(place, kind, looksLikeFile(Target) || looksLikeFile(place.path)));
      const subpath = name === '.' ? {} : { Subpath: name };
      return { Type: 'volume', Source: volume, Target, ...ReadOnly, VolumeOptions: { NoCopy: true, ...subpath } };
    }
  }
}

function copyNote(place: Extract<Place, { as: 'copy' }>, kind: JudgedBind['kind'], isFile: boolean): string {
  if (place.kind !== 'missing') return `a copy (${printBytes(place.bytes)})`;
  if (kind !== 'bind') return `random text: ${notThere}`;
  return `${isFile ? 'an empty file' : 'an empty folder'}: ${notThere}`;
}
