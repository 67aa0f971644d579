import type { YamlFile, YamlNode } from '../../read/yaml/tree.ts';
import { remembered } from '../../vocabulary/lazily.ts';
import { lineStart } from './place.ts';

/** How the file's author writes, so that what is added looks like theirs. */
export interface YamlStyle {
  /** Columns that a mapping inside a mapping is indented by. */
  readonly step: number;
  /** Columns that the `-` of a list is indented by below its key: 0 or more. */
  readonly listStep: number;
  readonly quote: '"' | "'";
  readonly lineEnd: '\n' | '\r\n';
}

/** The commonest habit wins; two columns, indented lists and double quotes where nothing shows one. */
export const styleOf: (file: YamlFile) => YamlStyle = remembered((file) => {
  const steps = new Map<number, number>();
  const listSteps = new Map<number, number>();
  const quotes = { single: 0, double: 0 };
  const seen = new Set<YamlNode>();
  const stack: YamlNode[] = file.documents.filter((document) => document !== undefined);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'scalar') {
      if (node.style === 'single' || node.style === 'double') quotes[node.style] += 1;
      continue;
    }
    if (node.kind === 'list') {
      stack.push(...node.items);
      continue;
    }
    for (const { keySpan, value } of node.entries.values()) {
      stack.push(value);
      if (value.alias || value.kind === 'scalar' || isFlow(file, value)) continue;
      const difference = columnOf(file.text, value.span.start) - columnOf(file.text, keySpan.start);
      const tally = value.kind === 'map' ? steps : listSteps;
      if (value.span.start > keySpan.end && difference >= 0 && difference <= 16)
        tally.set(difference, (tally.get(difference) ?? 0) + 1);
    }
  }
  steps.delete(0);
  const step = commonest(steps) ?? 2;
  return {
    step,
    listStep: commonest(listSteps) ?? step,
    quote: quotes.single > quotes.double ? "'" : '"',
    lineEnd: /^[^\n]*\r\n/.test(file.text) ? '\r\n' : '\n',
  };
});

/** Written between braces or brackets. */
export function isFlow(file: YamlFile, node: YamlNode): boolean {
  const first = file.text[node.span.start];
  return node.kind === 'map' ? first === '{' : node.kind === 'list' && first === '[';
}

/** Columns from the start of the line, counted from 0. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function commonest(tally: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const [value, count] of tally) if (best === undefined || count > (tally.get(best) ?? 0)) best = value;
  return best;
}
