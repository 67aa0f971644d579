import type { YamlList, YamlMap, YamlNode, YamlScalar } from '../../read/yaml/tree.ts';
import type { Span } from '../../vocabulary/span.ts';

/** How the rest of Seaworthy reads a Compose model. All take `undefined` and give `undefined`: absence is no special case. */

export type Maybe = YamlNode | undefined;
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function asMap(node: Maybe): YamlMap | undefined {
  return node?.kind === 'map' ? node : undefined;
}

export function asList(node: Maybe): YamlList | undefined {
  return node?.kind === 'list' ? node : undefined;
}

export function asScalar(node: Maybe): YamlScalar | undefined {
  return node?.kind === 'scalar' ? node : undefined;
}

/** The node below `node` at `build.args.KEY`; a number finds an element of a list. Keys with points need `at`. */
export function child(node: Maybe, path: string): Maybe {
  return node && at(node, path.split('.'));
}

/** As `child`, with the keys one by one. */
export function at(node: Maybe, path: readonly string[]): Maybe {
  let here = node;
  for (const key of path) {
    if (here?.kind === 'map') here = here.entries.get(key)?.value;
    else if (here?.kind === 'list') here = here.items[Number(key)];
    else return undefined;
  }
  return here;
}

/** A scalar as text: numbers and booleans as written in JSON; undefined for null, mappings and lists. */
export function text(node: Maybe): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

export function numberOf(node: Maybe): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

export function booleanOf(node: Maybe): boolean | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}

export function isNull(node: Maybe): boolean {
  return node?.kind === 'scalar' && node.value === null;
}

export function spanOf(node: Maybe): Span | undefined {
  return node?.span;
}

/** The span of a key of a mapping, for findings about the attribute as a whole. */
export function keySpanOf(node: Maybe, key: string): Span | undefined {
  return asMap(node)?.entries.get(key)?.keySpan;
}

/** Keys and values of a mapping; nothing for anything else. */
export function entriesOf(node: Maybe): [string, YamlNode][] {
  return node?.kind === 'map' ? [...node.entries.values()].map((entry) => [entry.key, entry.value]) : [];
}

export function itemsOf(node: Maybe): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** Texts of a list, or of a single scalar. */
export function textsOf(node: Maybe): string[] {
  const nodes = node?.kind === 'list' ? node.items : node ? [node] : [];
  return nodes.map(text).filter((value) => value !== undefined);
}

/** As JSON, without spans. */
export function toPlain(node: YamlNode): Json {
  switch (node.kind) {
    case 'map': {
      const plain: Record<string, Json> = {};
      for (const entry of node.entries.values()) {
        // `__proto__` is a legal key in YAML; assigning it would set the prototype.
        if (entry.key === '__proto__')
          Object.defineProperty(plain, entry.key, {
            value: toPlain(entry.value),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        else plain[entry.key] = toPlain(entry.value);
      }
      return plain;
    }
    case 'list':
      return node.items.map(toPlain);
    case 'scalar':
      return typeof node.value === 'number' && !Number.isFinite(node.value) ? node.source : node.value;
  }
}
