import { expect, test } from 'vitest';
import { withoutImage } from '../../src/drills/lab/making-images.ts';
import { SeaworthyError } from '../../src/vocabulary/error.ts';

const closures = new Map([
  ['web', new Set(['web'])],
  ['app', new Set(['app', 'db'])],
  ['db', new Set(['db'])],
]);
const failing = (bad: string, error: Error) => async (names: ReadonlySet<string>) => {
  if (names.has(bad)) throw error;
};
const refusal = new SeaworthyError('engine-refused', 'pulling db:1: unauthorized\n  more');
const all = new Set(['web', 'app', 'db']);

test('an image that cannot be had costs its service and those that need it', async () => {
  const { services, said } = await withoutImage(failing('db', refusal), all, closures, new Map());
  expect(Object.fromEntries(services)).toEqual({
    db: 'its image cannot be had: pulling db:1: unauthorized',
    app: 'it needs "db", and its image cannot be had: pulling db:1: unauthorized',
  });
  expect(Object.fromEntries(said)).toEqual({ db: refusal.message });
});

test('where nothing is left to drill, the engine has the word', async () => {
  const drilled = new Set(['app', 'db']);
  await expect(withoutImage(failing('db', refusal), drilled, closures, new Map())).rejects.toBe(refusal);
  const others = new Map([['web', 'it asks for the socket of the engine']]);
  await expect(withoutImage(failing('db', refusal), all, closures, others)).rejects.toBe(refusal);
});

test('an engine that is gone, or a run that is called off, is no matter of one image', async () => {
  const gone = new SeaworthyError('engine-unreachable', 'gone');
  await expect(withoutImage(failing('db', gone), all, closures, new Map())).rejects.toBe(gone);
  const off = new Error('called off');
  await expect(withoutImage(failing('db', off), all, closures, new Map())).rejects.toBe(off);
});
