import { isAbsolutePath, joinPath } from '../../read/paths.ts';
import type { YamlMap, YamlNode, YamlScalar } from '../../read/yaml/tree.ts';
import { descend } from './descend.ts';
import type { Scope } from './loading.ts';
import { isRemote } from './remote.ts';
import type { PathKind } from './table/attribute.ts';
import { child, text } from './tree-access.ts';
import { withEntry } from './tree-build.ts';

/** Puts relative paths behind `base`: what they are relative to, as the reader of the result sees it. */
export function resolvePaths(document: YamlMap, base: string, scope: Scope): YamlMap {
  const kinds: Readonly<Record<PathKind, (node: YamlNode) => YamlNode>> = {
    path: (node) => change(node, (path) => (path === '' ? path : join(path))),
    unix: (node) => change(node, join),
    ssh: (node) => change(node, (path) => (path === '' ? path : join(path))),
    context: (node) => change(node, (path) => (isContextElsewhere(path) || path === '' ? path : join(path))),
    extends: (node) => change(node, (path) => (isRemote(path, scope) ? path : join(path))),
    'volume-mount'(node) {
      if (node.kind !== 'map' || text(child(node, 'type')) !== 'bind') return node;
      const source = node.entries.get('source')?.value;
      if (!source) {
        scope.loading.refuse(
          'missing-source',
          'invalid mount config for type "bind": field Source must not be empty',
          node.span,
        );
        return node;
      }
      return withEntry(node, 'source', change(source, join));
    },
    'volume-device'(node) {
      const options = child(node, 'driver_opts');
      const device = options?.kind === 'map' ? options.entries.get('device')?.value : undefined;
      if (node.kind !== 'map' || options?.kind !== 'map' || !device) return node;
      if (text(child(node, 'driver')) !== 'local' || text(options.entries.get('o')?.value) !== 'bind') return node;
      return withEntry(node, 'driver_opts', withEntry(options, 'device', change(device, join)));
    },
  };
  const join = (path: string) => {
    const expanded = expandHome(path, scope.environment);
    return isAbsolutePath(expanded) || expanded.startsWith('\\\\') || expanded.startsWith('~')
      ? expanded
      : joinPath(base, expanded);
  };
  return descend(document, 'relative', (node, attribute) =>
    attribute.relative ? kinds[attribute.relative](node) : node,
  );
}

function change(node: YamlNode, resolve: (path: string) => string): YamlNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const value = resolve(node.value);
  // The text before stays in `source`, for those who want to know what was written.
  return value === node.value ? node : ({ ...node, value } satisfies YamlScalar);
}

function expandHome(path: string, environment: ReadonlyMap<string, string>): string {
  const home = environment.get('HOME');
  // compose-go takes `~anybody` for a folder of the own home too.
  return home !== undefined && path.startsWith('~') ? joinPath(home, path.slice(1).replace(/^\/+/, '')) : path;
}

/** A URL, an image or another service: no directory of this project. */
export function isContextElsewhere(context: string): boolean {
  return context.includes('://') || /^(?:service:|github\.com\/|git@)/.test(context);
}
