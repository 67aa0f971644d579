import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../src/report/cells.ts';
import { renderText } from '../../src/report/text.ts';
import { finding, Source, sourcesOf, verdict } from './verdicts.ts';

const compose = new Source(
  'compose.yaml',
  `services:
  db:
    image: postgres:16
    ports:
      - "5432:5432"
    environment:
      POSTGRES_PASSWORD: "***"
  api:
    build: ./api
    volumes:
\t- data:/var/lib/漢字
`,
);
const dockerfile = new Source(
  'api/Dockerfile',
  `FROM node\r
RUN apt-get update \\\r
  && apt-get install -y curl\r
CMD npm start # \u001b[2J\r
`,
);
const page = { color: false, width: 80, sources: sourcesOf(compose, dockerfile) };

const publishedDatabase = finding({
  rule: 'compose/published-database',
  severity: 'critical',
  message: 'The database "db" can be reached from every network this machine is on',
  service: 'db',
  ...compose.at(5, '"5432:5432"'),
  fix: { title: 'Publish the port on 127.0.0.1 only', safety: 'review', edits: [] },
  related: [{ ...compose.at(3, 'postgres:16'), message: 'the image listens on all addresses' }],
});
const plainPassword = finding({
  rule: 'compose/plain-password',
  confidence: 'likely',
  message: 'The password of "db" stands in the file',
  service: 'db',
  ...compose.at(7, '"***"'),
});
const floatingTag = finding({
  rule: 'dockerfile/floating-tag',
  severity: 'medium',
  message:
    '"node" is whatever image has the tag latest on the day of the build, and nobody can build the same image again',
  services: ['api', 'worker'],
  ...dockerfile.at(1, 'node'),
  fix: { title: 'Pin the version', safety: 'safe', edits: [] },
});

describe('three findings', () => {
  const three = verdict({
    findings: [floatingTag, plainPassword, publishedDatabase],
    files: ['api/Dockerfile', 'compose.yaml'],
    services: [{ name: 'db', file: 'compose.yaml', image: 'postgres:16', settings: [] }],
  });

  test('stand by service and file, the worst first, each with its line, and say what to do next', () => {
    expect(
      renderText(three, page),
    ).toBe(`── db ── compose.yaml ── 1 critical, 1 high ────────────────────────────────────

critical  The database "db" can be reached from every network this machine is on
          compose.yaml:5:9  compose/published-database
      5 |       - "5432:5432"
        |         ^^^^^^^^^^^
          fix  Publish the port on 127.0.0.1 only (review it: it may change what
               runs)
          see  compose.yaml:3:12 the image listens on all addresses

high      The password of "db" stands in the file
          compose.yaml:7:26  compose/plain-password  likely
      7 |       POSTGRES_PASSWORD: "***"
        |                          ^^^^^

── api/Dockerfile ── 1 medium ──────────────────────────────────────────────────

medium    "node" is whatever image has the tag latest on the day of the build,
          and nobody can build the same image again
          api/Dockerfile:1:6  dockerfile/floating-tag
      1 | FROM node
        |      ^^^^
          fix  Pin the version
          for  api, worker

────────────────────────────────────────────────────────────────────────────────

3 findings: 1 critical, 1 high, 1 medium (in 1 service, 2 files)

                                     critical     high   medium      low
  db                                        1        1        –        –
  api/Dockerfile                            –        –        1        –

next: seaworthy explain compose/published-database  why, and how to put it right
      seaworthy fix --dry-run                       what can be mended
      seaworthy check --checklist                   the checklists, item by item
`);
  });

  test('in colour: severities, rule and underline, each piece closed', () => {
    const one = verdict({ findings: [plainPassword], files: ['compose.yaml'] });
    const text = renderText(one, { ...page, color: true }).replaceAll('\u001b', 'ESC');
    expect(
      text,
    ).toBe(`ESC[2m──ESC[0m ESC[1mdbESC[0m ESC[2m──ESC[0m compose.yaml ESC[2m──ESC[0m 1 high ESC[2m────────────────────────────────────────────────ESC[0m

ESC[31mhigh      ESC[0mESC[1mThe password of "db" stands in the fileESC[0m
          compose.yaml:7:26  ESC[2mcompose/plain-passwordESC[0mESC[33m  likelyESC[0m
ESC[2m      7 |ESC[0m       POSTGRES_PASSWORD: "***"
ESC[2m        |ESC[0m                          ESC[31m^^^^^ESC[0m

ESC[2m────────────────────────────────────────────────────────────────────────────────ESC[0m

ESC[1m1 finding: 1 high (in 0 services, 1 file)ESC[0m

ESC[2mnext: ESC[0mESC[1mseaworthy explain compose/plain-passwordESC[0m  why, and how to put it right
ESC[2m      ESC[0mESC[1mseaworthy fix --dry-runESC[0m                   what can be mended
ESC[2m      ESC[0mESC[1mseaworthy check --checklistESC[0m               the checklists, item by item
`);
  });

  test('with and without colour, the same words', () => {
    const bare = renderText(three, { ...page, color: true })
      .replaceAll('\u001b', 'ESC')
      .replaceAll(/ESC\[[\d;]+m/g, '');
    expect(bare).toBe(renderText(three, page));
  });

  test('in ASCII where the terminal knows no more', () => {
    expect(renderText(three, { ...page, unicode: false })).toMatch(/^[\n\x20-\x7e]+$/);
  });
});

describe('the source line', () => {
  function blockOf(fields: Parameters<typeof finding>[0]): string[] {
    const text = renderText(verdict({ findings: [finding(fields)] }), page);
    return text.split('\n').slice(2, 7);
  }

  test('of a span over several lines: the first, its line end left out', () => {
    const place = dockerfile.at(2, 'RUN', 3, 'curl');
    expect(blockOf({ rule: 'dockerfile/apt-lists', message: 'Lists stay', ...place })).toEqual([
      'high      Lists stay',
      '          api/Dockerfile:2:1  dockerfile/apt-lists',
      '      2 | RUN apt-get update \\',
      '        | ^^^^^^^^^^^^^^^^^^^^ to line 3',
      '',
    ]);
  });

  test('with a tab and wide characters', () => {
    const place = compose.at(11, '漢字');
    expect(blockOf({ rule: 'compose/x', message: 'Wide', ...place }).slice(2)).toEqual([
      '     11 |     - data:/var/lib/漢字',
      '        |                     ^^^^',
      '',
    ]);
  });

  test('with control characters, in the message too', () => {
    const place = dockerfile.at(4, 'npm start');
    expect(blockOf({ rule: 'dockerfile/x', message: 'Bad\u001b[2J\n\u202eword', ...place }).slice(0, 4)).toEqual([
      'high      Bad\\x1b[2J\\n\\u202eword',
      '          api/Dockerfile:4:5  dockerfile/x',
      '      4 | CMD npm start # \\x1b[2J',
      '        |     ^^^^^^^^^',
    ]);
  });

  test('that is not there is left out', () => {
    const place = { ...dockerfile.at(4, 'npm'), file: 'gone/Dockerfile' };
    expect(blockOf({ rule: 'dockerfile/x', message: 'Gone', ...place }).slice(0, 3)).toEqual([
      'high      Gone',
      '          gone/Dockerfile:4:5  dockerfile/x',
      '',
    ]);
  });
});

describe('many findings', () => {
  const lines = new Source('compose.yaml', Array.from({ length: 300 }, (_, at) => `    - "80${at}:80"`).join('\n'));
  const findings = Array.from({ length: 300 }, (_, at) =>
    finding({
      rule: at % 2 === 0 ? 'compose/published-port' : 'compose/other',
      severity: at % 2 === 0 ? 'low' : 'medium',
      message: `Number ${at}`,
      service: `service-${at % 20 < 10 ? 'a' : 'b'}`,
      ...lines.at(at + 1, '"80'),
    }),
  );
  const many = verdict({ findings, files: ['compose.yaml'] });
  const options = { ...page, sources: sourcesOf(lines) };

  test('of one rule in one service are folded', () => {
    expect(
      renderText(many, options),
    ).toBe(`── service-a ── compose.yaml ── 75 medium, 75 low ──────────────────────────────

medium    Number 1
          compose.yaml:2:7  compose/other
      2 |     - "801:80"
        |       ^^^
          … and 74 more like this in compose.yaml (lines 4, 6, 8, 10, 22, 24,
          26, 28, …)

low       Number 0
          compose.yaml:1:7  compose/published-port
      1 |     - "800:80"
        |       ^^^
          … and 74 more like this in compose.yaml (lines 3, 5, 7, 9, 21, 23, 25,
          27, …)

── service-b ── compose.yaml ── 75 medium, 75 low ──────────────────────────────

medium    Number 11
          compose.yaml:12:7  compose/other
     12 |     - "8011:80"
        |       ^^^
          … and 74 more like this in compose.yaml (lines 14, 16, 18, 20, 32, 34,
          36, 38, …)

low       Number 10
          compose.yaml:11:7  compose/published-port
     11 |     - "8010:80"
        |       ^^^
          … and 74 more like this in compose.yaml (lines 13, 15, 17, 19, 31, 33,
          35, 37, …)

────────────────────────────────────────────────────────────────────────────────

300 findings: 150 medium, 150 low (in 0 services, 1 file)

                                     critical     high   medium      low
  service-a                                 –        –       75       75
  service-b                                 –        –       75       75

next: seaworthy explain compose/other  why, and how to put it right
      seaworthy fix --dry-run          what can be mended
      seaworthy check --checklist      the checklists, item by item
`);
  });

  test('are all told when asked for', () => {
    const text = renderText(many, { ...options, verbose: true });
    expect(text.match(/Number \d+/g)).toHaveLength(300);
    expect(text).not.toContain('more like this');
  });

  test('of more places than a table is good for are counted', () => {
    const wide = findings.map((one, at) => ({ ...one, service: `s${at % 30}` }));
    const text = renderText({ ...many, findings: wide }, options);
    expect(text).toContain('  … and 18 more places with 180 findings\n');
    expect(renderText({ ...many, findings: wide }, { ...options, verbose: true })).not.toContain('more places');
  });
});

describe('no findings', () => {
  const services = ['api', 'db'].map((name) => ({ name, file: 'compose.yaml', image: 'x', settings: [] }));
  const checklists = [
    {
      id: 'CHK1',
      title: 'Production readiness',
      items: [
        { id: 'CHK1.1', text: 'Runs as non-root user', state: 'pass', evidence: 'user 1000', at: ['compose.yaml:4'] },
        { id: 'CHK1.7', text: 'Scanned', state: 'open', evidence: 'a scan tells', at: [] },
      ],
    },
  ] as const;
  const none = verdict({ services, checklists, files: ['api/Dockerfile', 'compose.yaml'] });

  test('a calm word, and what was looked at', () => {
    expect(renderText(none, page)).toBe(`No findings: as far as its files can tell, this is seaworthy.
2 services (api, db) judged from 2 files: api/Dockerfile, compose.yaml.
Files say what was asked for; only drills on a live engine would prove that it
holds.

next: seaworthy check --checklist  the checklists, item by item
`);
  });

  test('with the checklists when asked for', () => {
    expect(renderText(none, { ...page, checklists: true })).toBe(`CHK1  Production readiness
      1 passed, 1 open
  ✓ CHK1.1  Runs as non-root user
            user 1000 [compose.yaml:4]
  ? CHK1.7  Scanned
            a scan tells

1 list, 2 items: 1 passed, 1 open.
What is open has not passed: a drill or a person must tell.

────────────────────────────────────────────────────────────────────────────────

No findings: as far as its files can tell, this is seaworthy.
2 services (api, db) judged from 2 files: api/Dockerfile, compose.yaml.
Files say what was asked for; only drills on a live engine would prove that it
holds.
`);
  });

  test('do not mean seaworthy when something was not looked at, or a rule failed', () => {
    const partial = {
      ...none,
      checklists: [],
      unread: [{ path: 'worker/Dockerfile', reason: 'over 16 MiB' }],
      failures: [{ rule: 'compose/broken', message: 'TypeError: x is undefined' }],
    };
    expect(renderText(partial, page)).toBe(`No findings in what was judged.
2 services (api, db) judged from 2 files: api/Dockerfile, compose.yaml.
Files say what was asked for; only drills on a live engine would prove that it
holds.

Not looked at, so nothing is said of it:
  worker/Dockerfile: over 16 MiB

1 rule failed; the others ran. This is a bug in seaworthy, not in your files:
  compose/broken: TypeError: x is undefined
Please report it: the lines above, the version (seaworthy --version) and, if you
may share it, the file that shows it.

next: seaworthy check --checklist  the checklists, item by item
`);
  });

  test('because nothing was read is no verdict', () => {
    expect(renderText(verdict(), page)).toBe('Nothing was judged: no file could be read.\n');
  });
});

test('a place that several findings share shows its line once, every time when asked for', () => {
  const second = { ...plainPassword, rule: 'compose/weak-password', message: 'The password of "db" is guessed first' };
  const both = verdict({ findings: [plainPassword, second] });
  expect(renderText(both, page)).toContain(`
      7 |       POSTGRES_PASSWORD: "***"
        |                          ^^^^^

high      The password of "db" is guessed first
          compose.yaml:7:26  compose/weak-password  likely

──`);
  expect(renderText(both, { ...page, verbose: true }).match(/\^{5}/g)).toHaveLength(2);
});

test('a heading that would not fit leaves its files out', () => {
  const long = Array.from({ length: 3 }, (_, at) => ({
    ...plainPassword,
    file: `some/deep/folder/${at}/compose.yaml`,
  }));
  const text = renderText(verdict({ findings: long }), page);
  expect(text.split('\n')[0]).toBe(`── db ── 3 high ${'─'.repeat(64)}`);
});

test('at most three related places, the rest counted', () => {
  const related = [3, 4, 5, 6, 7].map((line) => ({ ...compose.at(line, '  '), message: `place ${line}` }));
  const one = verdict({ findings: [{ ...plainPassword, related }] });
  const text = renderText(one, page);
  expect(text).toContain('          see  compose.yaml:5:1 place 5\n               and 2 more related places\n');
  expect(renderText(one, { ...page, verbose: true })).toContain('see  compose.yaml:7:1 place 7\n\n');
});

test('the order findings come in does not matter', () => {
  const all = [publishedDatabase, plainPassword, floatingTag, { ...plainPassword, ...compose.at(3, 'postgres') }];
  const order = fc.shuffledSubarray(all, { minLength: all.length });
  const expected = renderText(verdict({ findings: all }), page);
  fc.assert(fc.property(order, (findings) => renderText(verdict({ findings }), page) === expected));
});

test('whatever the texts: no raw control character, and no line of words beyond the width', () => {
  const words = fc.string({ unit: 'binary', maxLength: 200 });
  fc.assert(
    fc.property(words, words, fc.nat(300), fc.integer({ min: 40, max: 120 }), (message, line, column, width) => {
      const place = {
        file: 'f',
        span: { start: { line: 1, column: column + 1, offset: 0 }, end: { line: 1, column: column + 9, offset: 0 } },
      };
      const one = finding({ rule: 'compose/x', message, ...place });
      const text = renderText(verdict({ findings: [one] }), { ...page, width, sources: () => line });
      for (const shown of text.split('\n')) {
        expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e]/u);
        if (!/https?:\/\//.test(shown)) expect(cellsOf(shown)).toBeLessThanOrEqual(width);
      }
    }),
  );
});

test('10,000 findings in a second', () => {
  const findings = Array.from({ length: 10_000 }, (_, at) => ({
    ...plainPassword,
    service: `s${at % 50}`,
    rule: `compose/r${at % 100}`,
  }));
  const began = performance.now();
  renderText(verdict({ findings }), { ...page, verbose: true });
  expect(performance.now() - began).toBeLessThan(2000);
});

test('what was suppressed is counted, and listed when asked for', () => {
  const source = new Source('compose.yaml', 'services:\n  db: {}\n');
  const one = finding({ rule: 'compose/x', message: 'Wrong', service: 'db', ...source.at(2, 'db') });
  const suppressed = [
    { ...one, by: 'comment', reason: 'known', until: '2027-01-31', at: 'compose.yaml:1' } as const,
    { ...one, by: 'baseline', at: 'known.json' } as const,
  ];
  const options = { sources: sourcesOf(source), width: 80, color: false, unicode: true };
  const some = verdict({ suppressed, files: ['compose.yaml'] });
  const text = renderText(some, options);
  expect(text).toContain('2 suppressed (1 by comments, 1 by the baseline); --verbose lists them\n');
  expect(text).toContain('No findings beside those that are suppressed.');
  expect(text).not.toContain('compose/x');
  const all = renderText(some, { ...options, verbose: true });
  expect(all).toContain('compose.yaml:2 compose/x: Wrong [compose.yaml:1: known, until 2027-01-31]');
  expect(all).toContain('compose.yaml:2 compose/x: Wrong [known.json: no reason given]');
  expect(renderText(verdict({ files: ['compose.yaml'] }), options)).not.toContain('suppressed');
});
