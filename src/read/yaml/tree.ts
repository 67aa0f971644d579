import type { Fault } from '../../vocabulary/fault.ts';
import type { Span } from '../../vocabulary/span.ts';

/**
 * YAML as Compose reads it (go-yaml: `0440` is octal, `yes` is a string): aliases and `<<` resolved, every node with
 * the span it was written at. Nodes are never changed: a phase that alters one makes a new one and keeps the span.
 */
export type YamlNode = YamlMap | YamlList | YamlScalar;

interface Written {
  readonly span: Span;
  /** `!reset`, `!override`; undefined for none and for YAML's own tags. */
  readonly tag?: string;
  /** Set where the node was reached through `*alias`: the alias's own span. `span` is then the anchor's node. */
  readonly alias?: Span;
}

export interface YamlMap extends Written {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

export interface YamlList extends Written {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

export interface YamlScalar extends Written {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As written for plain scalars (`0440`, `1.10`), the decoded text for quoted and block ones. */
  readonly source: string;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** The text before interpolation, where `${…}` was replaced. */
  readonly template?: string;
}

export interface YamlFile {
  readonly file: string;
  readonly text: string;
  /** One per `---` document; an empty document is undefined. */
  readonly documents: readonly (YamlNode | undefined)[];
  readonly comments: readonly { readonly text: string; readonly span: Span }[];
  readonly faults: readonly Fault[];
}
