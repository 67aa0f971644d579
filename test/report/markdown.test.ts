import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { escapeMarkdown } from '../../src/report/markdown-text.ts';
import { extras, hostileText, someVerdict } from './some-verdict.ts';
import { finding, Source, verdict } from './verdicts.ts';

const source = new Source('compose.yaml', 'services:\n  db: {}\n');
const one = (fields: object = {}) =>
  finding({ rule: 'compose/a', message: 'Wrong', service: 'db', ...source.at(2, 'db'), ...fields });

test('written down', () => {
  const some = verdict({
    findings: [one(), one({ rule: 'compose/b', severity: 'low', confidence: 'guess', message: 'A | <b> `c`' })],
    unread: [{ path: 'big.yaml', reason: 'too large' }],
    files: ['compose.yaml'],
  });
  expect(renderMarkdown(some, extras)).toBe(`<!-- seaworthy -->
## Seaworthy: 2 findings (1 high, 1 low)

**Not looked at**

- <code>big.yaml</code>: too large

| | critical | high | medium | low |
|---|--:|--:|--:|--:|
| <b>db</b> | – | 1 | – | 1 |

<details><summary><b>db</b>: 1 high, 1 low</summary>

| Severity | Finding | Where | Rule |
|---|---|---|---|
| high | Wrong | <code>compose.yaml:2</code> | <code>compose/a</code> |
| low (guess) | A &#124; &#60;b&#62; &#96;c&#96; | <code>compose.yaml:2</code> | <code>compose/b</code> |

</details>
`);
});

test('says no more than was seen', () => {
  const headline = (some: object) => renderMarkdown(verdict(some), extras).split('\n')[1];
  expect(headline({ files: ['a'] })).toBe('## Seaworthy: no findings in 1 file');
  expect(headline({ files: ['a'], unread: [{ path: 'b', reason: 'c' }] })).toBe(
    '## Seaworthy: no findings in what was judged',
  );
  expect(headline({})).toBe('## Seaworthy: nothing was judged');
});

/** Lines as we write them; whatever else there is came from outside. */
const ours = [
  /^$/,
  /^<!-- seaworthy -->$/,
  /^## Seaworthy: [\w ,()]+$/,
  /^\*\*(?:Not looked at|A bug in seaworthy)\*\*$/,
  /^- (?:<code>.*<\/code>:.*|… and \d+ more)$/,
  /^\| \| critical \| high \| medium \| low \|$/,
  /^\|(?:-+:?\||--:\|)+$/,
  /^\|---\|--:\|--:\|--:\|--:\|$/,
  /^\| (?:<b>[^|]*<\/b>|<code>[^|]*<\/code>|… and \d+ more)(?: \| ?(?:\d+|–)?){4} \|$/,
  /^<details><summary>(?:<b>.*<\/b>|<code>.*<\/code>): [\w ,]+<\/summary>$/,
  /^<\/details>$/,
  /^\| Severity \| Finding \| Where \| Rule \|$/,
  /^\| (?:critical|high|medium|low)(?: \((?:likely|guess)\))? \| [^|]* \| <code>[^|]*<\/code> \| <code>[^|]*<\/code> \|$/,
  /^\*\*… and \d+ more findings?\*\*: `seaworthy check` shows all\.$/,
];

test('any verdict: only lines of ours, under 60,000 characters, every block closed', () => {
  fc.assert(
    fc.property(someVerdict, fc.integer({ min: 1, max: 40 }), (some, times) => {
      const many = { ...some, findings: Array.from({ length: times }, () => some.findings).flat() };
      const text = renderMarkdown(many, extras);
      expect(text.length).toBeLessThan(60_000);
      const lines = text.trimEnd().split(/\r\n|[\n\r\u2028\u2029]/);
      expect(lines.filter((line) => !ours.some((pattern) => pattern.test(line)))).toEqual([]);
      expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
      const rows = lines.filter((line) => /^\| (?:critical|high|medium|low)[ (]/.test(line)).length;
      const left = Number(/… and (\d+) more finding/.exec(text)?.[1] ?? 0);
      expect(rows + left).toBe(many.findings.length);
    }),
    { numRuns: 60 },
  );
});

test('text from outside is only text: no markup, no mention, no address, no reference', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const escaped = escapeMarkdown(text);
      const rest = escaped.replaceAll('<!-- -->', '\u0000').replace(/&#\d+;/g, '');
      expect(rest).not.toMatch(/[\\`*_{}[\]<>|~&$\n\r]|@(?!\0)|#(?!\0)|:\/\/|www\.|GH-/i);
      expect(escaped.length).toBeLessThanOrEqual(401);
      expect(escaped).not.toMatch(/\p{Cs}/u);
    }),
  );
});
