import type { Files } from '../../read/files.ts';
import { SourceText } from '../../read/text.ts';
import { parseYaml } from '../../read/yaml/parse.ts';
import type { YamlFile, YamlMap } from '../../read/yaml/tree.ts';
import type { Fault } from '../../vocabulary/fault.ts';
import type { Span } from '../../vocabulary/span.ts';
import { withGoTimestamps } from './go-timestamp.ts';

/** Phases that can be left out, as compose-go's loader options do. */
export interface Skip {
  readonly interpolation?: boolean;
  readonly validation?: boolean;
  readonly consistency?: boolean;
  readonly normalization?: boolean;
  readonly pathResolution?: boolean;
  readonly extends?: boolean;
  readonly include?: boolean;
  readonly envFiles?: boolean;
  readonly defaults?: boolean;
}

/** A variable used without a value and without a default: Compose warns, and puts nothing there. */
export interface UnsetVariable {
  readonly name: string;
  readonly span: Span;
}

/** A value that variables were put into. */
export interface Interpolation {
  readonly template: string;
  readonly variables: readonly string[];
  readonly span: Span;
}

/** What one load gathers on its way: the only thing that phases share and change. */
export class Loading {
  readonly files: Files;
  readonly skip: Skip;
  readonly faults: Fault[] = [];
  readonly sources = new Map<string, SourceText>();
  /** Files that are there and were not read, and why. */
  readonly unread: { readonly path: string; readonly reason: string }[] = [];
  readonly unset: UnsetVariable[] = [];
  readonly interpolations: Interpolation[] = [];
  /** Something that may define resources could not be read (remote or missing), so nothing can be called undefined. */
  unknownResources = false;
  /** Services of which a part could not be read. */
  readonly incomplete = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #parsed = new Map<string, YamlFile>();
  /** Models of included files, by where and how they are included: one may be reached on many ways. */
  readonly included = new Map<string, { readonly environment: ReadonlyMap<string, string>; readonly model: YamlMap }>();
  /** Files of Compose read so far; bounds a project that includes itself in ever new ways. */
  filesLoaded = 0;
  /** Services looked at so far, once for each document that is merged; bounds what a hostile project can cost. */
  servicesVisited = 0;
  /** Ports that ranges were spread into so far. */
  portsSpread = 0;

  constructor(files: Files, skip: Skip) {
    this.files = files;
    this.skip = skip;
  }

  /** Compose refuses the project for it. */
  refuse(code: string, message: string, span: Span): void {
    this.add({ code, message, span, refused: true });
  }

  /** Compose goes on, perhaps with a warning. */
  warn(code: string, message: string, span: Span): void {
    this.add({ code, message, span, refused: false });
  }

  /** Phases run once for each file on all that is merged so far: the same fault is told once. */
  add(fault: Fault): void {
    const id = `${fault.code}\0${fault.message}\0${fault.span.file}\0${fault.span.start}`;
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    this.faults.push(fault);
  }

  /** The text of a file, remembered as a source; undefined with a fault at `from` where it cannot be read. */
  read(path: string, from: Span, what: string): string | undefined {
    const known = this.sources.get(path);
    if (known) return known.text;
    // The project names this very file, so it may be looked at also beside the root.
    if (path.startsWith('../')) this.files.allow?.(path);
    const outcome = this.files.read(path);
    if (!outcome.ok) {
      if (outcome.reason !== 'missing' && !this.unread.some((one) => one.path === path))
        this.unread.push({ path, reason: WHY[outcome.reason] });
      if (outcome.reason === 'missing') this.refuse('missing-file', `${what} ${path} does not exist`, from);
      // We do not look there; Compose would.
      else if (outcome.reason === 'outside')
        this.warn('outside-file', `${what} ${path} is outside of the project and was not read`, from);
      else this.refuse('unreadable-file', `${what} ${path} cannot be read: ${WHY[outcome.reason]}`, from);
      return undefined;
    }
    if (outcome.brokenUtf8 && !/^(?:env|label) file$/.test(what))
      this.refuse('not-utf8', `${what} ${path} is not UTF-8`, { file: path, start: 0, end: 0 });
    this.sources.set(path, new SourceText(path, outcome.text));
    return outcome.text;
  }

  /** The file as YAML, parsed once. */
  parse(path: string, text: string): YamlFile {
    const known = this.#parsed.get(path);
    if (known) return known;
    const yaml = parseYaml(text, path);
    const parsed = { ...yaml, documents: yaml.documents.map((document) => withGoTimestamps(document, text)) };
    this.#parsed.set(path, parsed);
    for (const fault of parsed.faults) this.add(fault);
    return parsed;
  }
}

const WHY = {
  outside: 'it lies outside the project',
  directory: 'it is a directory',
  unreadable: 'permission or disk error',
  'too-large': 'it is too large',
  binary: 'it is not text',
} as const;

/** Where one set of Compose files (the project's own, or those of one `include`) stands. */
export interface Scope {
  readonly loading: Loading;
  /** The directory that its files are looked up from, relative to the root of `Files`. */
  readonly directory: string;
  /** What its relative paths are put behind: `directory` as seen from the scope that includes it. */
  readonly base: string;
  readonly environment: ReadonlyMap<string, string>;
  /** Files on the way from the project to here, to find circles. */
  readonly chain: readonly string[];
}

/** What phases pass on about the document they work at. */
export interface DocumentScope extends Scope {
  readonly file: string;
  readonly resets: Resets;
}

/** Paths that `!reset` and `!override` clear in what came before. */
export interface Resets {
  /** The tree without what they clear. */
  apply(tree: YamlMap): YamlMap;
}

export const noResets: Resets = { apply: (tree) => tree };

export function beginning(file: string): Span {
  return { file, start: 0, end: 0 };
}
