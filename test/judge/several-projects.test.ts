import { expect, test } from 'vitest';
import { baseline, check } from '../../src/index.ts';

const options = { today: '2026-11-21' };
const logs = 'compose/unbounded-logs';
const service = (name: string) => `services:\n  ${name}:\n    image: example.com/${name}:1\n`;
const only = { ...options, only: [logs] };
const lines = (findings: readonly { file: string; span: { start: { line: number } }; message: string }[]) =>
  findings.map(({ file, span, message }) => `${file}:${span.start.line} ${message}`);

test('one verdict of all projects, in the order of their files, each service with its project', async () => {
  const files = { 'b/compose.yaml': service('db'), 'a/compose.yaml': service('db'), 'compose.yaml': service('db') };
  const verdict = await check({ files }, only);
  expect(verdict.findings.map(({ file, service: name, project }) => [file, name, project])).toEqual([
    ['a/compose.yaml', 'db', 'a'],
    ['b/compose.yaml', 'db', 'b'],
    ['compose.yaml', 'db', undefined],
  ]);
  expect(verdict.files).toEqual(['a/compose.yaml', 'b/compose.yaml', 'compose.yaml']);
  expect(verdict.services.map(({ name, file }) => `${file} ${name}`)).toEqual([
    'compose.yaml db',
    'a/compose.yaml db',
    'b/compose.yaml db',
  ]);
});

test('a project below says what it says by itself', async () => {
  const shop = {
    'compose.yaml':
      'services:\n  web:\n    build: .\n    ports: ["80:80"]\n    command: run ${TAG} ${OTHER}\n    volumes: [".:/app"]\n',
    Dockerfile: 'FROM node:22\nCOPY . .\nCMD npm start\n',
    '.env': 'PASSWORD=hunter2hunter2\n',
    'docs/README.md': 'TAG says which.\n',
    'worker/Dockerfile': 'FROM ubuntu\n',
  };
  const below = Object.fromEntries(Object.entries(shop).map(([path, text]) => [`apps/shop/${path}`, text]));
  const alone = await check({ files: shop }, options);
  const both = await check({ files: { ...below, 'other/compose.yaml': service('x') } }, options);
  const told = both.findings.filter(({ file }) => file.startsWith('apps/shop/'));
  expect(told.length).toBeGreaterThan(10);
  const short = (text: string) => text.replaceAll('apps/shop/', '').replaceAll('"apps/shop"', 'the project');
  expect(told.map(({ rule, file, span, message }) => [rule, short(file), span, short(message)])).toEqual(
    alone.findings.map(({ rule, file, span, message }) => [rule, file, span, message]),
  );
});

test('a file that two projects include is told of once', async () => {
  const files = {
    'a/compose.yaml': `include: [../common/db.yaml]\n${service('a')}`,
    'b/compose.yaml': `include: [../common/db.yaml]\n${service('b')}`,
    'common/db.yaml': service('db'),
  };
  expect(lines((await check({ files }, only)).findings)).toEqual([
    'a/compose.yaml:3 "a" keeps every line it ever logged',
    'b/compose.yaml:3 "b" keeps every line it ever logged',
    'common/db.yaml:2 "db" keeps every line it ever logged',
  ]);
});

const accepted = (path: string) => `ignore:\n  - rule: ${logs}\n    path: ${path}\n    reason: rotated elsewhere\n`;

test('the nearest configuration upward counts, and its paths begin where it lies', async () => {
  const files = {
    'seaworthy.yaml': accepted('apps/a/compose.yaml'),
    'apps/a/compose.yaml': service('a'),
    'apps/b/compose.yaml': service('b'),
    'apps/c/seaworthy.yaml': accepted('compose.yaml'),
    'apps/c/compose.yaml': service('c'),
    'apps/d/seaworthy.yaml': accepted('apps/d/compose.yaml'),
    'apps/d/compose.yaml': service('d'),
  };
  const verdict = await check({ files }, only);
  expect(verdict.findings.map(({ file }) => file)).toEqual(['apps/b/compose.yaml', 'apps/d/compose.yaml']);
  expect(verdict.suppressed?.map(({ file, at }) => `${file} by ${at}`)).toEqual([
    'apps/a/compose.yaml by seaworthy.yaml:2',
    'apps/c/compose.yaml by apps/c/seaworthy.yaml:2',
  ]);
});

test('an entry that several projects share is unused only when it is of no use to any', async () => {
  const unused = { ...options, only: ['project/unused-suppression'] };
  const files = {
    'seaworthy.yaml': `${accepted('a/compose.yaml')}  - rule: ${logs}\n    path: nowhere\n    reason: gone\n`,
    'a/compose.yaml': service('a'),
    'b/compose.yaml': service('b'),
  };
  expect(lines((await check({ files }, unused)).findings)).toEqual([
    `seaworthy.yaml:5 Nothing here is suppressed by ${logs}`,
  ]);
});

test('a fault in a configuration that several share is told once', async () => {
  const files = { 'seaworthy.yaml': 'ignor: []\n', 'a/compose.yaml': service('a'), 'b/compose.yaml': service('b') };
  const { findings } = await check({ files }, { ...options, only: ['project/bad-config'] });
  expect(findings).toHaveLength(1);
});

test('a baseline holds the findings of all', async () => {
  const input = { files: { 'a/compose.yaml': service('a'), 'b/compose.yaml': service('b') } };
  const known = await baseline(input, only);
  expect(known.findings.map(({ file }) => file)).toEqual(['a/compose.yaml', 'b/compose.yaml']);
  const verdict = await check(input, { ...only, baseline: known });
  expect(verdict.findings).toEqual([]);
  expect(verdict.suppressed).toHaveLength(2);
});

test('what one project fails, all fail; evidence of many is cut short', async () => {
  const names = Array.from({ length: 9 }, (_, number) => `p${number}`);
  const files = Object.fromEntries(names.map((name) => [`${name}/compose.yaml`, service(name)]));
  const { checklists } = await check({ files }, options);
  expect(checklists.map(({ id }) => id)).toEqual(['CHK1', 'CHK2', 'CHK3', 'CHK4', 'CHK5', 'CHK6', 'CHK7']);
  const evidence = checklists.flatMap(({ items }) => items).map((item) => item.evidence);
  expect(evidence.some((text) => text.endsWith('; and 4 more'))).toBe(true);
  expect(Math.max(...evidence.map((text) => text.length))).toBeLessThan(2000);
});
