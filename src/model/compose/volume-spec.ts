import type { YamlScalar } from '../../read/yaml/tree.ts';
import { cleanPath } from './clean-path.ts';
import { partSpan, recordOf, scalarOf } from './tree-build.ts';

interface Part {
  readonly text: string;
  readonly start: number;
}

export interface VolumeSpec {
  readonly source: Part | undefined;
  readonly target: Part;
  readonly options: Part | undefined;
}

/**
 * The short form of a mount, `source:target:options`, without knowing the platform: a letter and a colon begin a
 * Windows path. Equal to compose-go's `format.ParseVolume`; a text gives what Compose says of a wrong one.
 */
export function parseVolume(spec: string): VolumeSpec | string {
  if (spec === '') return 'invalid empty volume spec';
  if (/^[\0-\x7f]{1,2}$/.test(spec)) return { source: undefined, target: { text: spec, start: 0 }, options: undefined };
  const parts: Part[] = [];
  let start = 0;
  for (let at = 0; at <= spec.length; at++) {
    if (at < spec.length && spec[at] !== ':') continue;
    if (at < spec.length && at - start === 1 && /\p{L}/u.test(spec[start] ?? '')) continue;
    parts.push({ text: spec.slice(start, at), start });
    start = at + 1;
  }
  if (parts.some((part) => part.text === '')) return `invalid spec: ${spec}: empty section between colons`;
  if (parts.length > 3) return `invalid spec: ${spec}: too many colons`;
  const [first, second, third] = parts as [Part, Part | undefined, Part | undefined];
  if (!second) return { source: undefined, target: first, options: undefined };
  return { source: first, target: second, options: third };
}

/** `./x`, `/x`, `~/x`, `C:\x`, `\\pipe`: a place on the host rather than the name of a volume. */
export function isHostPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source);
}

/** The long form of a mount; a text where the short one is wrong. */
export function longVolume(scalar: YamlScalar): ReturnType<typeof recordOf> | string {
  const spec = parseVolume(String(scalar.value));
  if (typeof spec === 'string') return spec;
  const { source, target } = spec;
  const piece = (part: Part, text: string) =>
    scalarOf(text, partSpan(scalar, part.start, part.start + part.text.length));
  let readOnly: boolean | undefined;
  let nocopy: boolean | undefined;
  let propagation: string | undefined;
  let selinux: string | undefined;
  for (const option of spec.options?.text.split(',') ?? []) {
    if (option === 'ro') readOnly = true;
    else if (option === 'rw') readOnly = undefined;
    else if (option === 'nocopy') nocopy = true;
    else if (PROPAGATIONS.has(option)) propagation = option;
    else if (option === 'z' || option === 'Z') selinux = option;
    // Compose ignores what it does not know.
  }
  const bind = source !== undefined && isHostPath(source.text);
  const at = scalar.span;
  const bindOptions =
    bind || propagation !== undefined || selinux !== undefined
      ? recordOf({ propagation, selinux, ...(bind ? { create_host_path: true } : {}) }, at)
      : undefined;
  return recordOf(
    {
      type: bind ? 'bind' : 'volume',
      source: source && piece(source, source.text),
      target: piece(target, cleanPath(target.text)),
      read_only: readOnly,
      bind: bindOptions,
      volume: bind && !nocopy ? undefined : recordOf({ nocopy }, at),
    },
    at,
  );
}

const PROPAGATIONS = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave']);
