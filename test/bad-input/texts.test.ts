import { describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import type { Verdict } from '../../src/vocabulary/verdict.ts';

/** Nothing may hang: some ten times what the slowest takes on an idle machine, since tests run many at once. */
const patienceMs = 10_000;

async function judged(files: Readonly<Record<string, string>>): Promise<Verdict> {
  const started = performance.now();
  const verdict = await check({ files }, { today: '2026-11-21' });
  expect(performance.now() - started).toBeLessThan(patienceMs);
  expect(verdict.failures).toEqual([]);
  for (const { message, file, span } of verdict.findings) {
    expect(message.length).toBeLessThan(2000);
    expect(files[file]).toBeDefined();
    expect(span.end.offset).toBeLessThanOrEqual(files[file]!.length);
    expect(span.end.offset).toBeGreaterThanOrEqual(span.start.offset);
  }
  return verdict;
}

const rulesIn = (verdict: Verdict) => new Set(verdict.findings.map(({ rule }) => rule));
/** Rules that turn a reader's fault into a finding. */
const tellers = new Set(['dockerfile/refused-by-build', 'compose/refused-by-loader', 'compose/missing-file']);
const refused = (verdict: Verdict) => verdict.findings.filter(({ rule }) => tellers.has(rule));

describe('Dockerfiles that Docker refuses are findings', () => {
  test.each([
    ['empty', ''],
    ['a byte order mark alone', '\uFEFF'],
    ['blank lines', '\n\n  \n'],
    ['comments only', '# hello\n'],
    ['no FROM', 'RUN true\n'],
    ['an unknown instruction', 'FROM alpine\nRUNN true\n'],
    ['a heredoc that never ends', 'FROM alpine\nRUN <<EOF\ntrue\n'],
    ['a line that only continues', 'FROM alpine\n\\\n'],
    ['one line of 10 MB', `FROM alpine\nRUN echo ${'x '.repeat(5_000_000)}`],
    ['one word of 10 MB', `FROM alpine\nENV A=${'x'.repeat(10_000_000)}`],
    ['no line end in 10 MB', 'x'.repeat(10_000_000)],
    ['keys of objects', 'FROM alpine\n__PROTO__ x\nCONSTRUCTOR y\n'],
    ['ONBUILD in ONBUILD', `FROM alpine\n${'ONBUILD '.repeat(20_000)}RUN true\n`],
    ['noise', '\u0001\u0002{}[]()<>|&;$`"\'\\\n'.repeat(500)],
  ])('%s', async (_, text) => {
    expect(refused(await judged({ Dockerfile: text })).length).toBeGreaterThan(0);
  });
});

describe('Dockerfiles that are only strange', () => {
  test.each([
    ['CRLF', 'FROM alpine:3.20\r\nRUN true \\\r\n  && true\r\nCMD ["a"]\r\n'],
    ['a byte order mark', '\uFEFFFROM alpine:3.20\nCMD ["a"]\n'],
    [
      'names of objects',
      'FROM alpine:3.20 AS constructor\nARG __proto__=x\nENV toString=$__proto__ valueOf=1\nFROM constructor\nCOPY --from=constructor a b\nRUN __proto__ && hasOwnProperty\nRUN apk add constructor\nUSER toString\n',
    ],
    ['20,000 subshells', `FROM alpine:3.20\nRUN ${'('.repeat(20_000)}a${')'.repeat(20_000)}\n`],
    ['20,000 substitutions', `FROM alpine:3.20\nRUN ${'$('.repeat(20_000)}a${')'.repeat(20_000)}\n`],
    ['20,000 defaults in defaults', `FROM alpine:3.20\nENV A=${'${A:-'.repeat(20_000)}${'}'.repeat(20_000)}\n`],
    ['20,000 brackets', `FROM alpine:3.20\nCMD ${'['.repeat(20_000)}\n`],
    ['20,000 ifs', `FROM alpine:3.20\nRUN ${'if a; then '.repeat(20_000)}\n`],
    [
      'variables that double',
      `FROM alpine:3.20\nENV A0=xxxxxxxxxx\n${Array.from({ length: 60 }, (_, at) => `ENV A${at + 1}=$A${at}$A${at}`).join('\n')}\n`,
    ],
    [
      '5,000 stages',
      Array.from(
        { length: 5000 },
        (_, at) => `FROM ${at === 0 ? 'alpine:3.20' : `s${at - 1}`} AS s${at}\nENV A${at}=1\n`,
      ).join(''),
    ],
    [
      '20,000 variables',
      `FROM alpine:3.20\n${Array.from({ length: 20_000 }, (_, at) => `ENV A${at}=$B${at}\n`).join('')}`,
    ],
    ['100,000 commands', `FROM alpine:3.20\nRUN ${'true \\\n && '.repeat(100_000)}true\n`],
    ['100,000 sources', `FROM alpine:3.20\nCOPY ${'a \\\n'.repeat(100_000)} /x/\n`],
    ['all ports many times', `FROM alpine:3.20\nEXPOSE ${'1-65535 '.repeat(5000)}\n`],
    ['a million comment lines', `FROM alpine:3.20\n${'# x\n'.repeat(1_000_000)}`],
  ])('%s', async (_, text) => {
    const verdict = await judged({ Dockerfile: text });
    expect(verdict.files).toEqual(['Dockerfile']);
    expect(verdict.services).toHaveLength(1);
  });

  test('no carriage return becomes part of a value', async () => {
    const { services } = await judged({ Dockerfile: 'FROM alpine:3.20\r\nUSER app\r\nWORKDIR /srv\r\n' });
    const values = services[0]?.settings.filter(({ name }) => name === 'user' || name === 'working directory');
    expect(values?.map(({ value }) => value)).toEqual(['app', '/srv']);
  });
});

describe('Compose files that Compose refuses are findings', () => {
  test.each([
    ['empty', ''],
    ['a scalar', 'hello\n'],
    ['a list', '- a\n'],
    ['broken YAML', 'services: {a: [\n'],
    ['a tab', 'services:\n\ta: {}\n'],
    ['services that are a list', 'services: [a]\n'],
    ['a service that is a word', 'services:\n  a: hello\n'],
    ['an unknown key', 'services:\n  a: { image: x, imagee: y }\n'],
    ['neither image nor build', 'services:\n  a: {}\n'],
    ['a duplicate key', 'services:\n  a: { image: x }\n  a: { image: y }\n'],
    ['an alias of nothing', 'services:\n  a: *nothing\n'],
    ['an extends of itself', 'services:\n  a: { image: x, extends: { service: a } }\n'],
    ['an extends in a circle', 'services:\n  a: { image: x, extends: b }\n  b: { image: x, extends: a }\n'],
    ['an include of itself', 'include: [compose.yaml]\nservices:\n  a: { image: x }\n'],
    ['an include of nothing', 'include: [nowhere.yaml]\nservices:\n  a: { image: x }\n'],
    ['depends_on in a circle', 'services:\n  a: { image: x, depends_on: [b] }\n  b: { image: x, depends_on: [a] }\n'],
    ['lists 20,000 deep', `services: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['maps 20,000 deep', `services: ${'{a: '.repeat(20_000)}${'}'.repeat(20_000)}\n`],
    [
      'blocks 2,000 deep',
      `services:\n${Array.from({ length: 2000 }, (_, at) => `${' '.repeat(at + 1)}a:\n`).join('')}`,
    ],
    [
      'a billion laughs',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(',')}]\n`).join('')}services: { a: { image: x } }\n`,
    ],
    ['a merge of itself', 'services:\n  a: &a { <<: *a, image: x }\n'],
    ['a variable that never ends', 'services:\n  a: { image: "x:${TAG" }\n'],
  ])('%s', async (_, text) => {
    expect(refused(await judged({ 'compose.yaml': text })).length).toBeGreaterThan(0);
  });

  test('two files that include each other', async () => {
    const verdict = await judged({
      'compose.yaml': 'include: [b.yaml]\nservices:\n  a: { image: x }\n',
      'b.yaml': 'include: [compose.yaml]\nservices:\n  b: { image: x }\n',
    });
    expect(refused(verdict).length).toBeGreaterThan(0);
    expect(verdict.services.map(({ name }) => name)).toContain('a');
  });
});

describe('Compose files that are only strange', () => {
  test('names of objects are services like others', async () => {
    const text = `services:
  constructor: { image: a, environment: { __proto__: x, toString: y } }
  __proto__: { image: b, labels: { hasOwnProperty: z } }
  toString: { image: c }
`;
    const { services } = await judged({ 'compose.yaml': text });
    expect(services.map(({ name }) => name)).toEqual(['constructor', '__proto__', 'toString']);
  });

  test('CRLF and a byte order mark', async () => {
    const { services } = await judged({ 'compose.yaml': '\uFEFFservices:\r\n  web:\r\n    image: nginx:1.27\r\n' });
    expect(services).toMatchObject([{ name: 'web', image: 'nginx:1.27' }]);
  });

  test('1,000 services', async () => {
    const text = `services:\n${Array.from({ length: 1000 }, (_, at) => `  s${at}:\n    image: nginx:1.2${at % 9}\n    environment: { DB_PASSWORD: "s3cret-${at}-xyz" }\n    depends_on: [s${at + 1}]\n`).join('')}  s1000: { image: x }\n`;
    const verdict = await judged({ 'compose.yaml': text });
    expect(verdict.services).toHaveLength(1001);
    expect(rulesIn(verdict)).toContain('compose/unbounded-logs');
  });

  test('300 services that build one Dockerfile', async () => {
    const text = `services:\n${Array.from({ length: 300 }, (_, at) => `  s${at}: { build: . }\n`).join('')}`;
    const verdict = await judged({ 'compose.yaml': text, Dockerfile: 'FROM node:latest\nCMD npm start\n' });
    const once = verdict.findings.filter(({ rule }) => rule === 'dockerfile/latest-base');
    expect(once).toHaveLength(1);
    expect(once[0]?.services).toHaveLength(300);
  });
});

test('a broken file does not keep the others from being judged', async () => {
  const verdict = await judged({
    'compose.yaml': 'services:\n  a: { image: x, nonsense: 1 }\n  b: { image: "nginx:latest" }\n',
    'api/Dockerfile': '',
    'web/Dockerfile': 'FROM node:latest\n',
  });
  expect(rulesIn(verdict)).toContain('compose/refused-by-loader');
  expect(rulesIn(verdict)).toContain('dockerfile/refused-by-build');
  expect(rulesIn(verdict)).toContain('dockerfile/latest-base');
  expect(verdict.services.map(({ name }) => name)).toEqual(['a', 'b', 'api', 'web']);
});

test.each([
  ['signs in a value', (n: number) => ({ Dockerfile: `FROM alpine:3.20\nENV DB_PASSWORD=${'*'.repeat(n)}x\n` })],
  ['digits in a value', (n: number) => ({ Dockerfile: `FROM alpine:3.20\nENV DB_PASSWORD=${'1'.repeat(n)}x\n` })],
  [
    'slashes in paths',
    (n: number) => ({
      Dockerfile: `FROM postgres:17\nENV PGDATA=${'/'.repeat(n)}x\nCOPY ${'/'.repeat(n)}a ${'/'.repeat(n)}b\nVOLUME ${'/'.repeat(n)}x\n`,
      'compose.yaml': `services:\n  a:\n    build: .\n    volumes: ['${'/'.repeat(n)}x:${'/'.repeat(n)}x']\n`,
    }),
  ],
  [
    'empty lines in files that are looked into',
    (n: number) => ({
      Dockerfile: 'FROM python:3.12\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
      'requirements.txt': `${'\n'.repeat(n)}x`,
      '.pypirc': `${'\n'.repeat(n)}x`,
      '.gitignore': `${' '.repeat(n)}x\n${'/'.repeat(n)}x\n`,
      '.env': `${'\n'.repeat(n)}x=1\n`,
    }),
  ],
  [
    'digits in a number',
    (n: number) => ({ 'compose.yaml': `services:\n  a:\n    image: x\n    cpus: '${'0'.repeat(n)}x'\n` }),
  ],
])('in time that grows with the length: %s', async (_, files) => {
  // Four hundred thousand squared is minutes.
  await judged(files(400_000));
});

test('names and secrets longer than a pattern may be', async () => {
  const long = 'N'.repeat(60_000);
  const secret = `x${'y'.repeat(60_000)}1`;
  const verdict = await judged({
    Dockerfile: `ARG ${long}\nFROM alpine:$${long}\nENV ${long}=$${long} API_KEY=${secret}\nWORKDIR /\${${long}:-a}\n`,
    'compose.yaml': `services:\n  a:\n    build: .\n    environment: { PASSWORD: ${secret}, ${long}: a }\n`,
    '.env': `${long}=${secret}\nDB_PASSWORD=${secret}\n`,
  });
  expect(rulesIn(verdict).size).toBeGreaterThan(5);
  expect(JSON.stringify(verdict)).not.toContain('y'.repeat(100));
});

test('an ignore file and an env file of a million lines', async () => {
  await judged({
    Dockerfile: 'FROM alpine:3.20\nCOPY . .\n',
    '.dockerignore': '**/a/**/b/**/c*?[d-f]\n'.repeat(20_000),
    'a/b/c': '',
    '.env': '\n'.repeat(1_000_000),
    'compose.yaml': 'services:\n  a: { build: ., env_file: .env }\n',
  });
});
