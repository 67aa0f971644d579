import { describe, expect, test } from 'vitest';
import { parseCapability } from '../../src/knowledge/capabilities.ts';
import { productTables } from '../../src/knowledge/end-of-life/all.ts';
import type { ImageRow } from '../../src/knowledge/image-row.ts';
import { allRows, shelves } from '../../src/knowledge/images/all.ts';
import { imageFacts } from '../../src/knowledge/lookup.ts';
import { parseSignal } from '../../src/knowledge/signals.ts';

const rows = allRows();
const label = (row: ImageRow) => `${row.image} (${row.variant ?? row.tags})`;

describe('every row', () => {
  test('there are enough of them', () => {
    expect(rows.length).toBeGreaterThan(400);
    expect(new Set(rows.filter(({ image }) => !image.includes('/')).map(({ image }) => image)).size).toBeGreaterThan(
      60,
    );
  });

  test('names its sources: a repository at a commit, or a page', () => {
    const form = /^(?:https:\/\/\S+|[\w.-]+\/[\w.-]+@[0-9a-f]{12}:\S+)/;
    expect(
      rows.filter(({ sources }) => sources.length === 0 || !sources.every((source) => form.test(source))).map(label),
    ).toEqual([]);
  });

  test('stands once', () => {
    const seen = rows.map((row) => `${row.pattern ?? row.image} ${row.tags}`);
    expect(seen.filter((id, index) => seen.indexOf(id) !== index)).toEqual([]);
  });

  test('has anchored patterns that compile', () => {
    for (const row of rows) {
      for (const source of [row.tags, ...(row.pattern === undefined ? [] : [row.pattern])]) {
        expect(source, label(row)).toMatch(/^\^.*\$$/s);
        expect(() => new RegExp(source)).not.toThrow();
      }
    }
  });

  test('is reached by its own samples', () => {
    const missed: string[] = [];
    for (const row of rows) {
      // Where the image is a label for a family, any name of the family will do.
      const name = row.pattern === undefined || new RegExp(row.pattern).test(row.image) ? row.image : undefined;
      if (name === undefined) continue;
      for (const sample of row.samples) {
        const facts = imageFacts(`${name}:${sample}`);
        if (facts?.variant !== row.variant || facts?.kind !== row.kind || facts.confidence === 'guess')
          missed.push(`${name}:${sample}`);
      }
    }
    expect(missed).toEqual([]);
  });

  test('is found under its other names', () => {
    const lost = rows.flatMap((row) =>
      (row.aliases ?? []).filter((alias) => imageFacts(`${alias}:${row.samples[0]}`)?.image !== row.image),
    );
    expect(lost).toEqual([]);
  });

  test('needs no long time for any tag', () => {
    const long = [
      '1'.repeat(128),
      '1.'.repeat(64),
      'a-'.repeat(64),
      '-alpine'.repeat(18),
      `${'1.1-'.repeat(31)}slim`,
      'pg1'.repeat(42),
    ];
    const slow: string[] = [];
    for (const row of rows) {
      const tags = new RegExp(row.tags);
      // The least of three: what else the machine does is no fault of the pattern.
      const took = Math.min(
        ...[1, 2, 3].map(() => {
          const started = performance.now();
          for (const tag of long) tags.test(tag.slice(0, 128));
          return performance.now() - started;
        }),
      );
      if (took > 20) slow.push(label(row));
    }
    expect(slow).toEqual([]);
  });

  test('lies on the shelf where a look-up goes', () => {
    const lost = shelves.flatMap(({ names, open, rows: held }) =>
      held().filter((row) => {
        const asked = row.pattern === undefined ? [row.image, ...(row.aliases ?? [])] : [row.image.replace('*', 'x')];
        return (
          !open &&
          !asked.some((name) =>
            names.some((listed) => listed === name || (listed.endsWith('/') && name.startsWith(listed))),
          )
        );
      }),
    );
    expect(lost.map(label)).toEqual([]);
    for (const { names, rows: held } of shelves) {
      const has = (name: string) =>
        held().some(
          (row) =>
            row.image === name || row.aliases?.includes(name) || (row.pattern && new RegExp(row.pattern).test(name)),
        );
      expect(names.filter((name) => !name.endsWith('/') && !has(name))).toEqual([]);
    }
  });

  test('says only what can be', () => {
    for (const row of rows) {
      for (const port of row.exposedPorts ?? []) expect(port, label(row)).toMatch(/^\d{1,5}\/(?:tcp|udp)$/);
      for (const path of [...(row.writes ?? []), ...(row.volumes ?? [])]) expect(path, label(row)).toMatch(/^\//);
      for (const path of Object.keys(row.writesWhy ?? {})) expect(row.writes, label(row)).toContain(path);
      if (row.stopSignal) expect(parseSignal(row.stopSignal)?.catchable, label(row)).toBe(true);
      for (const name of [...(row.stepsDown?.capabilities ?? []), ...(row.needsCapabilities?.names ?? [])]) {
        expect(parseCapability(name), label(row)).toBe(name);
      }
      for (const probe of [row.probe, row.healthcheck]) {
        if (probe) expect(probe.test[0], label(row)).toMatch(/^CMD(?:-SHELL)?$/);
      }
      if (row.shell === null) {
        expect(row.probe?.test[0], label(row)).not.toBe('CMD-SHELL');
        expect(row.tools?.['bash'] ?? false, label(row)).toBe(false);
      }
    }
  });

  test('advises no probe with a program that its image lacks', () => {
    const wrong = rows.filter((row) => {
      const [form, program = ''] = row.probe?.test ?? [];
      const called = form === 'CMD' ? program : program.split(' ')[0]!;
      return row.tools?.[called] === false;
    });
    expect(wrong.map(label)).toEqual([]);
  });

  test('advises no probe of localhost: busybox takes ::1 and gives up', () => {
    const wrong = rows.filter(
      (row) => row.tools?.['wget'] === 'busybox' && /wget.*\/\/localhost/.test(row.probe?.test.join(' ') ?? ''),
    );
    expect(wrong.map(label)).toEqual([]);
  });
});

describe('the end-of-life tables', () => {
  const products = productTables.flatMap((table) => table.products());

  test('hold the products they list', () => {
    for (const table of productTables) expect(table.products().map(({ key }) => key)).toEqual(table.keys);
    expect(new Set(products.map(({ key }) => key)).size).toBe(products.length);
    expect(products.length).toBeGreaterThan(60);
  });

  test('have well-formed cycles, none twice', () => {
    const date = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
    for (const { key, cycles, lts = [] } of products) {
      const names = cycles.map(([name]) => name);
      expect(new Set(names).size, key).toBe(names.length);
      expect(names, key).toEqual(expect.arrayContaining([...lts]));
      for (const [name, eol, , extended] of cycles) {
        expect(typeof eol === 'boolean' || date.test(eol), `${key} ${name}`).toBe(true);
        expect(extended === undefined || date.test(extended), `${key} ${name}`).toBe(true);
      }
    }
  });
});
