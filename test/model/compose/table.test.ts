import { describe, expect, test } from 'vitest';
import { parseType } from '../../../src/model/compose/table/accepts.ts';
import { attributeAt, attributes, top } from '../../../src/model/compose/table/table.ts';

describe('the attribute table', () => {
  test('a path has one row', () => {
    const paths = attributes.map((row) => row.path);
    expect(paths.filter((path, at) => paths.indexOf(path) !== at)).toEqual([]);
  });

  test('every row stands in a row that takes mappings or lists', () => {
    for (const { path } of attributes) {
      const parts = path.split('.');
      const last = parts.pop() ?? '';
      if (parts.length === 0) continue;
      const parent = attributes.find((row) => row.path === parts.join('.'));
      expect(parent?.type, path).toContain(last === '[]' ? 'list' : 'mapping');
    }
  });

  test('every row says in one sentence what it means', () => {
    for (const { path, means } of attributes) {
      expect(means, path).toMatch(/^[A-Z`_a-z0-9].*\.$/);
      expect(means, path).not.toMatch(/TODO|\s{2}/);
    }
  });

  test('keys that are required have rows', () => {
    for (const { path, required } of attributes) {
      for (const key of required ?? [])
        expect(
          attributes.some((row) => row.path === `${path}.${key}`),
          `${path}.${key}`,
        ).toBe(true);
    }
  });

  test.each([
    ['services.web.build.args', 'services.*.build.args'],
    ['services.web.ports.0.target', 'services.*.ports.[].target'],
    ['services.x-web.image', 'services.*.image'],
    ['networks.front.ipam.config.3.subnet', 'networks.*.ipam.config.[].subnet'],
    ['services.web.nothing', undefined],
    ['x-own.a', undefined],
  ])('%s is found at %s', (path, row) => {
    expect(attributeAt(path.split('.'))?.path).toBe(row);
  });

  test('Swarm ignores what Compose builds, and the other way round', () => {
    expect(attributeAt(['services', 'web', 'build'])?.honoured).not.toContain('swarm');
    expect(attributeAt(['services', 'web', 'deploy', 'placement'])?.honoured).toEqual(['swarm']);
  });

  test('types are read with their elements', () => {
    expect(parseType('mapping<string|number> | set<string> | null')).toEqual({
      kinds: ['mapping', 'list', 'null'],
      values: { kinds: ['string', 'number'] },
      items: { kinds: ['string'] },
      distinct: true,
    });
    expect(top().named.get('services')?.any?.named.get('cap_add')?.item?.accepts.kinds).toEqual(['string']);
  });
});
