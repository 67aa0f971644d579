import fc from 'fast-check';

/** A YAML text as some author might have written it. */
export interface SomeYaml {
  readonly text: string;
}

type Node =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'map'; readonly isFlow: boolean; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly isFlow: boolean; readonly items: readonly Node[] };

interface Entry {
  readonly key: string;
  readonly value: Node;
  readonly above: string | undefined;
  readonly behind: string | undefined;
}

interface Habit {
  readonly step: number;
  readonly listStep: number;
  readonly lineEnd: string;
  readonly isEnded: boolean;
  readonly mark: string;
}

export const keys = ['a', 'b', 'c', 'long-key', 'e'] as const;
const scalars = ['x', '5', 'true', '"quoted # text"', "'it''s'", '"a: b"', 'two words', '80:80', '""', 'x#y'];
const comments = ['# why', '#no blank', '# a: b', '#\tdeep\tthought', '# 端口 [x] {y}'];

const scalar = fc.constantFrom(...scalars).map((text): Node => ({ kind: 'scalar', text }));
const comment = fc.option(fc.constantFrom(...comments), { nil: undefined, freq: 2 });

const { node } = fc.letrec<{ node: Node; map: Node; list: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    scalar,
    fc.constant<Node>({ kind: 'nothing' }),
    tie('map'),
    tie('list'),
  ),
  map: fc.record({
    kind: fc.constant('map' as const),
    isFlow: fc.boolean(),
    entries: fc.uniqueArray(
      fc.record({ key: fc.constantFrom(...keys), value: tie('node'), above: comment, behind: comment }),
      { minLength: 1, maxLength: 4, selector: ({ key }) => key },
    ),
  }),
  list: fc.record({
    kind: fc.constant('list' as const),
    isFlow: fc.boolean(),
    items: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
  }),
}));

const habit = fc.record({
  step: fc.constantFrom(2, 4, 3, 1),
  listStep: fc.constantFrom(2, 0, 4),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  isEnded: fc.boolean(),
  mark: fc.constantFrom('', '', '\ufeff'),
});

export const someYaml: fc.Arbitrary<SomeYaml> = fc
  .record({
    entries: fc.uniqueArray(
      fc.record({ key: fc.constantFrom(...keys), value: node, above: comment, behind: comment }),
      {
        minLength: 1,
        maxLength: 4,
        selector: ({ key }) => key,
      },
    ),
    habit,
    quotedKeys: fc.boolean(),
  })
  .map(({ entries, habit: own, quotedKeys }) => {
    const lines = mapLines(entries, 0, own, quotedKeys);
    return { text: `${own.mark}${lines.join(own.lineEnd)}${own.isEnded ? own.lineEnd : ''}` };
  });

function mapLines(entries: readonly Entry[], column: number, own: Habit, quotedKeys: boolean): string[] {
  const pad = ' '.repeat(column);
  return entries.flatMap(({ key, value, above, behind }, index) => {
    const name = quotedKeys && index % 2 === 1 ? `"${key}"` : key;
    const tail = behind === undefined ? '' : `  ${behind}`;
    const head = above === undefined ? [] : [`${pad}${above}`];
    return [...head, ...valueLines(`${pad}${name}:`, value, tail, column, own, quotedKeys)];
  });
}

function valueLines(start: string, value: Node, tail: string, column: number, own: Habit, quoted: boolean): string[] {
  if (value.kind === 'nothing') return [`${start}${tail}`];
  const flow = inFlow(value);
  if (flow !== undefined) return [`${start} ${flow}${tail}`];
  if (value.kind === 'map') return [`${start}${tail}`, ...mapLines(value.entries, column + own.step, own, quoted)];
  if (value.kind === 'list') return [`${start}${tail}`, ...listLines(value.items, column + own.listStep, own, quoted)];
  return [];
}

function listLines(items: readonly Node[], column: number, own: Habit, quoted: boolean): string[] {
  const pad = ' '.repeat(column);
  return items.flatMap((item) => {
    const flow = inFlow(item);
    if (flow !== undefined) return [`${pad}- ${flow}`];
    // The first key of a mapping shares its line with the dash.
    const inner =
      item.kind === 'map'
        ? mapLines(item.entries, column + 2, own, quoted).filter((line) => !line.trim().startsWith('#'))
        : item.kind === 'list'
          ? listLines(item.items, column + 2, own, quoted)
          : [];
    return inner.map((line, index) => (index === 0 ? `${pad}- ${line.trimStart()}` : line));
  });
}

/** Undefined for what is written as a block. */
function inFlow(node: Node, isInside = false): string | undefined {
  switch (node.kind) {
    case 'scalar':
      return node.text;
    case 'nothing':
      return isInside ? 'null' : '~';
    case 'map':
      if (!node.isFlow && !isInside) return undefined;
      return `{ ${node.entries.map(({ key, value }) => `${key}: ${inFlow(value, true)}`).join(', ')} }`;
    case 'list':
      if (!node.isFlow && !isInside) return undefined;
      return `[${node.items.map((item) => inFlow(item, true)).join(', ')}]`;
  }
}
