import type { SourceText } from '../../read/text.ts';
import { parseYaml } from '../../read/yaml/parse.ts';
import type { YamlNode } from '../../read/yaml/tree.ts';
import { directiveOf, lineRange, nextLineRange, type PlacedDirective, wholeFile } from './placed.ts';

/** Comments at the end of a line, about that line, and above a key or an element, about all of it. */
export function yamlDirectives(source: SourceText): PlacedDirective[] {
  const yaml = parseYaml(source.text, source.path);
  let nodes: readonly Extent[] | undefined;
  return yaml.comments.flatMap(({ text, span }): PlacedDirective[] => {
    const found = directiveOf(text);
    if (!found) return [];
    const { line, column } = source.positionAt(span.start);
    const isAlone =
      source
        .line(line)
        .slice(0, column - 1)
        .trim() === '';
    nodes ??= extents(yaml.documents);
    const range =
      found.scope === 'file'
        ? wholeFile
        : !isAlone || found.scope === 'own-line'
          ? lineRange(source, line)
          : found.scope === 'line'
            ? nextLineRange(source, line)
            : firstBehind(nodes, span.end);
    return [{ ...found, at: span, range }];
  });
}

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Keys with their values, and elements, by where they begin; of those that begin together the longest first. */
function extents(documents: readonly (YamlNode | undefined)[]): readonly Extent[] {
  const found: Extent[] = [];
  const seen = new Set<YamlNode>();
  const visit = (node: YamlNode): void => {
    if (node.alias || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'map')
      for (const { keySpan, value } of node.entries.values()) {
        found.push({ start: keySpan.start, end: Math.max(keySpan.end, (value.alias ?? value.span).end) });
        visit(value);
      }
    if (node.kind === 'list')
      for (const item of node.items) {
        found.push(item.alias ?? item.span);
        visit(item);
      }
  };
  for (const document of documents) if (document) visit(document);
  return found.sort((first, second) => first.start - second.start || second.end - first.end);
}

function firstBehind(nodes: readonly Extent[], offset: number): Extent | undefined {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] as Extent).start < offset) low = middle + 1;
    else high = middle;
  }
  return nodes[low];
}
