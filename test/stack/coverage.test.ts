import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadComposeProject } from '../../src/model/compose/load.ts';
import type { Attribute } from '../../src/model/compose/table/attribute.ts';
import { attributeAt, attributes } from '../../src/model/compose/table/table.ts';
import { diskFiles } from '../../src/read/files-disk.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import type { YamlNode } from '../../src/read/yaml/tree.ts';
import { leftOutPaths, refusals } from '../../src/stack/refusals.ts';
import { ours } from './both-sides.ts';
import { builds } from './builds.ts';
import { elsewhere } from './elsewhere.ts';
import { newer } from './newer.ts';

/**
 * Nothing that a file says is dropped in silence: every row of the table of attributes that Compose honours is in a
 * fixture that is compared with Docker Compose, or among the newer ones, or in a build, or refused by name, or named as
 * something that containers are not made from.
 */
const fixtures = path.join(import.meta.dirname, 'parity');
const honoured = attributes.filter((row) => row.honoured?.includes('compose') ?? true);

function used(): Set<string> {
  const rows = new Set<string>();
  const walk = (node: YamlNode, at: readonly string[]) => {
    const row = attributeAt(at);
    if (row) rows.add(row.path);
    if (node.kind === 'map') for (const { key, value } of node.entries.values()) walk(value, [...at, key]);
    if (node.kind === 'list') for (const [index, item] of node.items.entries()) walk(item, [...at, String(index)]);
  };
  for (const name of fs.readdirSync(fixtures))
    walk(loadComposeProject(diskFiles(path.join(fixtures, name)), { env: ours }).root, []);
  const texts = [
    ...newer.map(({ yaml, top = '' }) => `image: x\n${yaml.replaceAll(/^/gm, '    ')}\n${top}`),
    ...builds.map(({ yaml }) => `build: {${yaml}}`),
  ];
  for (const text of texts)
    walk(loadComposeProject(memoryFiles({ 'compose.yaml': `services:\n  web:\n    ${text}\n` })).root, []);
  return rows;
}

const within = (place: string, row: Attribute) => row.path === place || row.path.startsWith(`${place}.`);
const refused = [...refusals.map((one) => one.path), ...leftOutPaths].map((one) => `services.*.${one}`);

test('every attribute that Compose honours is mapped and compared, or refused, or named', () => {
  const rows = used();
  expect(rows.size).toBeGreaterThan(150);
  const missing = honoured.filter(
    (row) => ![...rows].includes(row.path) && ![...refused, ...Object.keys(elsewhere)].some((one) => within(one, row)),
  );
  expect(missing.map((row) => row.path)).toEqual([]);
});

test('what is refused or named is in the table', () => {
  const paths = new Set(attributes.map((row) => row.path));
  expect([...refused, ...Object.keys(elsewhere)].filter((one) => !paths.has(one))).toEqual([]);
});
