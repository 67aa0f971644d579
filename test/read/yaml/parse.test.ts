import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../../src/read/yaml/parse.ts';
import type { YamlFile, YamlMap, YamlNode } from '../../../src/read/yaml/tree.ts';
import type { Span } from '../../../src/vocabulary/span.ts';

const parse = (text: string) => parseYaml(text, 'compose.yaml');
const codes = (file: YamlFile) => file.faults.map((fault) => fault.code);

function map(node: YamlNode | undefined): YamlMap {
  if (node?.kind !== 'map') throw new Error('a mapping was expected');
  return node;
}

function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries.values()].map((entry) => [entry.key, plain(entry.value)]));
}

function spans(node: YamlNode): Span[] {
  const own = node.alias ? [node.span, node.alias] : [node.span];
  if (node.kind === 'list') return [...own, ...node.items.flatMap(spans)];
  if (node.kind === 'map')
    return [...own, ...[...node.entries.values()].flatMap((entry) => [entry.keySpan, ...spans(entry.value)])];
  return own;
}

describe('values', () => {
  test('mappings, lists and scalars of every style', () => {
    const text =
      "a: 1\nb: [x, \"y z\", 'it''s']\nc: |\n  two\n  lines\nd: >-\n  folded\n  text\ne:\n  - f: true\n  -\n";
    expect(plain(parse(text).documents[0])).toEqual({
      a: 1,
      b: ['x', 'y z', "it's"],
      c: 'two\nlines\n',
      d: 'folded text',
      e: [{ f: true }, null],
    });
  });

  test('styles and sources are kept', () => {
    const root = map(parse('a: 0440\nb: "0440"\nc: \'x\'\nd: |\n  y\n').documents[0]);
    const styles = [...root.entries.values()].map(
      ({ value }) => value.kind === 'scalar' && [value.style, value.source],
    );
    expect(styles).toEqual([
      ['plain', '0440'],
      ['double', '0440'],
      ['single', 'x'],
      ['literal', 'y\n'],
    ]);
  });

  test('quoted numbers and tagged ones', () => {
    expect(plain(parse('a: "5"\nb: !!str 5\nc: !!int "5"\n').documents[0])).toEqual({ a: '5', b: '5', c: 5 });
  });

  test('documents of one file; an empty one is undefined', () => {
    expect(parse('a: 1\n---\nb: 2\n---\n').documents.map(plain)).toEqual([{ a: 1 }, { b: 2 }, undefined]);
    expect(parse('').documents).toEqual([]);
    expect(parse('# nothing but this\n').documents).toEqual([]);
  });

  test('!reset and !override are kept, tags of YAML are not', () => {
    const root = map(parse('a: !reset []\nb: !override {c: 1}\nd: !reset\ne: !!str x\n').documents[0]);
    expect([...root.entries.values()].map((entry) => entry.value.tag)).toEqual([
      '!reset',
      '!override',
      '!reset',
      undefined,
    ]);
  });
});

describe('anchors, aliases and merge keys', () => {
  test('an alias stands for the node of its anchor, and says where it stood', () => {
    const text = 'a: &x {k: v}\nb: *x\n';
    const alias = map(parse(text).documents[0]).entries.get('b')?.value;
    expect(plain(alias)).toEqual({ k: 'v' });
    expect(text.slice(alias?.span.start, alias?.span.end)).toBe('{k: v}');
    expect(text.slice(alias?.alias?.start, alias?.alias?.end)).toBe('*x');
  });

  test.each([
    ['a mapping', 'x: &x {k: 1, l: 2}\ny: {<<: *x, k: mine}\n', { k: 'mine', l: 2 }],
    ['an inline mapping', 'y: {<<: {k: 1}}\n', { k: 1 }],
    ['a list: earlier ones win', 'x: &x {k: 1}\nz: &z {k: 2, m: 3}\ny: {<<: [*x, *z]}\n', { k: 1, m: 3 }],
    ['an alias of a list', 'x: &x [{k: 1}, {k: 2, m: 3}]\ny: {<<: *x}\n', { k: 1, m: 3 }],
    ['a quoted << is a key like any other', 'y: {"<<": 1}\n', { '<<': 1 }],
  ])('merging %s', (_, text, expected) => {
    const file = parse(text);
    expect(file.faults).toEqual([]);
    expect(plain(map(file.documents[0]).entries.get('y')?.value)).toEqual(expected);
  });

  test('what is no mapping cannot be merged', () => {
    expect(codes(parse('y: {<<: 5}\n'))).toEqual(['yaml-bad-merge']);
  });

  test('an anchor may be taken again: an alias means the last one before it', () => {
    expect(plain(parse('a: &x 1\nb: *x\nc: &x 2\nd: *x\n').documents[0])).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });
});

test('go-yaml takes a comment right behind a quote', () => {
  const file = parse('a: "x"# why\n');
  expect(file.faults).toEqual([]);
  expect(plain(file.documents[0])).toEqual({ a: 'x' });
});

describe('what Compose refuses', () => {
  test('keys that come twice: the second is shown, the first is named', () => {
    const file = parse('a: 1\nb: 2\na: 3\n');
    expect(file.faults).toEqual([
      {
        code: 'duplicate-key',
        message: 'mapping key "a" already defined at line 1',
        span: { file: 'compose.yaml', start: 10, end: 11 },
        refused: true,
      },
    ]);
    expect(plain(file.documents[0])).toEqual({ a: 3, b: 2 });
  });

  test.each([
    ['7:\n  a: 1\n', 'non-string key at top level: 7'],
    ['a:\n  b:\n    null: 1\n', 'non-string key in a.b: <nil>'],
    ['a: [{true: 1}]\n', 'non-string key in a[0]: true'],
  ])('keys that are no texts', (text, message) => {
    expect(parse(text).faults.map((fault) => fault.message)).toEqual([message]);
  });

  test('circles and unknown names', () => {
    expect(codes(parse('a: &a [*a]\n'))).toEqual(['alias-cycle']);
    expect(codes(parse('a: &a {b: {c: *a}}\n'))).toEqual(['alias-cycle']);
    expect(codes(parse('a: *b\n'))).toEqual(['unknown-anchor']);
  });

  test.each([['a: [1, 2\nb: 3\n'], ['a: "open\n'], ['\ta: 1\n'], ['a: b: c\n'], ['a: {b: 1\n'], ['- a\nb: 1\n']])(
    'broken syntax: %j',
    (text) => {
      const file = parse(text);
      expect(file.faults.some((fault) => fault.refused && fault.code === 'yaml-syntax')).toBe(true);
      for (const { span } of file.faults) expect(span.end).toBeLessThanOrEqual(text.length + 1);
    },
  );

  test('what could be read of a broken file is there', () => {
    expect(plain(parse('good: 1\nbad: "open\n').documents[0])).toMatchObject({ good: 1 });
  });
});

describe('hostile files', () => {
  test('a billion laughs are refused within milliseconds', () => {
    const lines = ['a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]'];
    for (let at = 1; at < 30; at++)
      lines.push(
        `a${at}: &a${at} [${Array(10)
          .fill(`*a${at - 1}`)
          .join(', ')}]`,
      );
    const start = performance.now();
    expect(codes(parse(lines.join('\n')))).toEqual(['yaml-excessive-aliasing']);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test.each([['['], ['{a: '], ['- '], ['? '], ['[[],']])('20,000 levels of %j give a fault', (opening) => {
    const file = parse(opening.repeat(20_000));
    expect(codes(file)).toContain('yaml-too-deep');
  });

  test('100,000 lines take no more than their share', () => {
    const text = Array.from({ length: 100_000 }, (_, at) => `k${at}: v # c`).join('\n');
    const file = parse(text);
    expect(file.faults).toEqual([]);
    expect(file.comments).toHaveLength(100_000);
    expect(map(file.documents[0]).entries.size).toBe(100_000);
  });
});

describe('places', () => {
  test('keys and values are where they were written', () => {
    const text = 'web:\n  image: "nginx:1"   # why\n  ports:\n    - 80:80\n    - {a: 1}\n\nlast: |\n  x\n\n';
    const file = parse(text);
    const cut = ({ start, end }: Span) => text.slice(start, end);
    const web = map(map(file.documents[0]).entries.get('web')?.value);
    expect([...web.entries.values()].map((entry) => [cut(entry.keySpan), cut(entry.value.span)])).toEqual([
      ['image', '"nginx:1"'],
      ['ports', '- 80:80\n    - {a: 1}'],
    ]);
    const last = map(file.documents[0]).entries.get('last')?.value;
    expect(last && cut(last.span)).toBe('|\n  x');
    expect(file.comments.map(({ text: words, span }) => [words, cut(span)])).toEqual([['why', '# why']]);
  });

  test('nothing written stands right behind its key', () => {
    const value = map(parse('a:   # c\nb: 1\n').documents[0]).entries.get('a')?.value;
    expect(value?.span).toEqual({ file: 'compose.yaml', start: 1, end: 1 });
  });

  test('any text: no throw, and every span lies in it', () => {
    const pieces = fc.constantFrom(
      'a',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '&x ',
      '*x',
      '<<: ',
      '"',
      "'",
      '|',
      '>',
      '#',
      '!t ',
      '---\n',
      '\t',
      '\\',
      '%',
      '?',
      '~',
      '0',
      'é',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const file = parse(text);
        const all = [
          ...file.documents.flatMap((node) => (node ? spans(node) : [])),
          ...file.faults.map(({ span }) => span),
        ];
        for (const { start, end } of all) {
          expect(start).toBeLessThanOrEqual(end);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length + 1);
        }
        for (const { span } of file.comments) expect(text[span.start]).toBe('#');
      }),
      { numRuns: 1500 },
    );
  });

  test('the span of any key holds its text', () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
        (keys, kinds) => {
          const values = ['1', '"q"', '[a, b]', '{c: d}'];
          const text = keys.map((name, at) => `${name}: ${values[kinds[at] ?? 0]}\n`).join('# between\n');
          for (const entry of map(parse(text).documents[0]).entries.values()) {
            expect(text.slice(entry.keySpan.start, entry.keySpan.end)).toBe(entry.key);
            expect(values).toContain(text.slice(entry.value.span.start, entry.value.span.end));
          }
        },
      ),
    );
  });
});

test('of a hundred thousand faults of syntax a hundred are told', () => {
  const { faults } = parseYaml(`a: ${'{}'.repeat(50_000)}\nb: 1\n`, 'a.yaml');
  expect(faults.filter(({ code }) => code === 'yaml-syntax')).toHaveLength(100);
});
