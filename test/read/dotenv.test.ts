import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDotenv } from '../../src/read/dotenv.ts';

const env: Record<string, string> = { HOST: 'harbour' };
const read = (text: string, format?: 'raw') => parseDotenv(text, '.env', (name) => env[name], format);
const pairs = (text: string, format?: 'raw') => read(text, format).entries.map(({ key, value }) => [key, value]);

describe('one line', () => {
  test.each([
    ['A=b', 'A', 'b'],
    ['  export\tA = b c  # note', 'A', 'b c'],
    ['exported=1', 'exported', '1'],
    ['A: b', 'A', 'b'],
    ['A=b:c=d', 'A', 'b:c=d'],
    ['my.key-1[0]=x', 'my.key-1[0]', 'x'],
    ['größe=1', 'größe', '1'],
    ['A=b#c', 'A', 'b#c'],
    ['A=#c', 'A', '#c'],
    ['A= # c', 'A', '# c'], // the blank before it is gone by then
    ['A=', 'A', ''],
    ['A=b\r', 'A', 'b'],
    ['A="b # c"  # d', 'A', 'b # c'],
    ["A='$HOST \\n'", 'A', '$HOST \\n'],
    ["A='it\\'s'", 'A', "it's"],
    ['A="say \\"hi\\""', 'A', 'say "hi"'],
    ['A="a\\tb\\\\c\\qd"', 'A', 'a\tb\\c\\qd'],
    ['A="\\$HOST $$HOST"', 'A', '$HOST $HOST'],
    ['A="\\0101\\012"', 'A', 'A\\12'],
    ['A=a\\nb', 'A', 'a\\nb'],
    ['A=$HOST:${PORT:-80}', 'A', 'harbour:80'],
  ])('%j sets %s to %j', (line, key, value) => {
    expect(read(`${line}\n`)).toMatchObject({ faults: [], entries: [{ key, value }] });
  });
});

test('a later line sees an earlier one, but the environment comes first', () => {
  expect(pairs('HOST=mine\nPORT=1\nURL=$HOST:$PORT\nHOST=again\n')).toEqual([
    ['HOST', 'mine'],
    ['PORT', '1'],
    ['URL', 'harbour:1'],
    ['HOST', 'again'],
  ]);
});

test('quotes go over line ends, and what follows them is a line of its own', () => {
  expect(pairs('A="one\ntwo" B\nC=3\n')).toEqual([
    ['A', 'one\ntwo'],
    ['B', undefined],
    ['C', '3'],
  ]);
});

test('comments, blank lines, a byte order mark', () => {
  expect(pairs('\uFEFF# x\n\n   # y\n \u2003A=1\n#')).toEqual([['A', '1']]);
});

test('a bare name is inherited, but not without a line end behind it', () => {
  expect(pairs('HOST\nexport PORT\n')).toEqual([
    ['HOST', undefined],
    ['PORT', undefined],
  ]);
  const last = read('A=1\nHOST');
  expect(last.entries[1]).toMatchObject({ key: '', value: 'HOST' });
  expect(last.faults).toMatchObject([{ code: 'env-bare-name-at-end', refused: false, span: { start: 4, end: 8 } }]);
});

test('spans are where names and values are written', () => {
  const text = '\uFEFFexport  KEY = "a b" # c\nB= x y \n';
  const written = read(text).entries.map(({ keySpan, valueSpan }) => [
    text.slice(keySpan.start, keySpan.end),
    text.slice(valueSpan?.start, valueSpan?.end),
  ]);
  expect(written).toEqual([
    ['KEY', '"a b"'],
    ['B', 'x y'],
  ]);
});

describe('what Compose refuses', () => {
  test.each([
    ['A=1\nMY NAME=2', 'env-invalid-name', 4, 11],
    ['A%B=1', 'env-invalid-name', 1, 2],
    ['A="b\nC=d', 'env-unterminated-quote', 2, 4],
    ["A='b\\'", 'env-unterminated-quote', 2, 6],
    ['A=${B?}', 'required-variable', 2, 7],
    ['A=${', 'invalid-template', 2, 4],
    ['export ', 'env-invalid-name', 7, 7],
  ])('%j: %s', (text, code, start, end) => {
    expect(read(text).faults).toMatchObject([{ code, refused: true, span: { file: '.env', start, end } }]);
  });

  test('all bad names are shown, up to a point, and never a value', () => {
    const { faults } = read('A%=hunter2\nOK=1\nB%=hunter2\nC="hunter2');
    expect(faults.map((fault) => fault.span.start)).toEqual([1, 17, 29]);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
    const pasted = 'KEY=-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7+\n';
    expect(read(pasted).faults[0]?.message).toContain('"MIIEvQIB…"');
    expect(read('%\n'.repeat(100_000)).faults).toHaveLength(50);
  });
});

describe('format: raw', () => {
  test.each([
    ['A="b" # c ', 'A', '"b" # c '],
    ['  A=$HOST\r', 'A', '$HOST'],
    ['A=', 'A', ''],
    ['HOST', 'HOST', undefined],
    ['export=1', 'export', '1'],
  ])('%j sets %s to %j', (line, key, value) => expect(pairs(`# x\n\n${line}\n`, 'raw')).toEqual([[key, value]]));

  test.each(['=x', 'export A=1', 'A B', `A=${'long'.repeat(16_400)}`])('line %# is refused', (line) => {
    const { entries, faults } = read(`B=1\n${line}`, 'raw');
    expect(entries.map((entry) => entry.key)).toEqual(['B']);
    expect(faults).toMatchObject([{ code: 'env-invalid-line', refused: true, span: { start: 4 } }]);
  });
});

test('large files take linear time', () => {
  expect(pairs('A="x\ny"\n# c\nB=$A\n'.repeat(50_000))).toHaveLength(100_000);
  expect(read(`A="${'\\"'.repeat(500_000)}`).faults).toHaveLength(1);
  expect(read(`${' '.repeat(500_000)}${'a'.repeat(500_000)}`).faults).toHaveLength(1);
}, 3_000);

test('never throws; keys stand at their spans, values without escapes too', () => {
  const piece = fc.constantFrom('A', '=', ':', '"', "'", '\\', '$', '{', '}', '\n', ' ', '#', 'export ', 'ü', '\r');
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom(undefined, 'raw' as const), (pieces, format) => {
      const text = pieces.join('');
      for (const { key, keySpan, valueSpan } of read(text, format).entries) {
        expect(text.slice(keySpan.start, keySpan.end)).toBe(key);
        if (valueSpan) expect(valueSpan.start >= keySpan.end && valueSpan.end <= text.length).toBe(true);
      }
    }),
  );
});
