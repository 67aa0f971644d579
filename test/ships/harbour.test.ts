import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Harbour } from './harbour.ts';

test('so many at once, and some alone', async () => {
  const harbour = new Harbour(3);
  let out = 0;
  let most = 0;
  const seen = new Map<string, number>();
  const voyage = (name: string) => async () => {
    most = Math.max(most, ++out);
    seen.set(name, out);
    await sleep(5);
    out--;
    return name;
  };
  const any = ['a', 'b', 'c', 'd', 'e'].map((name) => harbour.out('berth', voyage(name)));
  const alone = ['x', 'y'].map((name) => harbour.out('alone', voyage(name)));
  expect(await Promise.all([...any, ...alone])).toEqual(['a', 'b', 'c', 'd', 'e', 'x', 'y']);
  expect(most).toBe(3);
  expect([seen.get('x'), seen.get('y')]).toEqual([1, 1]);
  // d and e came before x, and let it pass.
  expect([...seen.keys()]).toEqual(['a', 'b', 'c', 'x', 'y', 'd', 'e']);
});

test('a voyage that fails makes room', async () => {
  const harbour = new Harbour(1);
  await expect(harbour.out('alone', () => Promise.reject(new Error('sunk')))).rejects.toThrow('sunk');
  expect(await harbour.out('berth', async () => 'back')).toBe('back');
});

test('two that need half are out together, and nobody besides', async () => {
  const harbour = new Harbour(4);
  const out = new Set<string>();
  const company = new Map<string, string[]>();
  const voyage = (name: string) => async () => {
    out.add(name);
    company.set(name, [...out]);
    await sleep(5);
    out.delete(name);
  };
  const first = ['a', 'b', 'c'].map((name) => harbour.out('half', voyage(name)));
  await Promise.all([...first, ...['d', 'e'].map((name) => harbour.out('berth', voyage(name)))]);
  expect([company.get('b'), company.get('c'), company.get('e')]).toEqual([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd', 'e'],
  ]);
});
