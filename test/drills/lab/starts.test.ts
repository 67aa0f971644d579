import { expect, test } from 'vitest';
import { Starts } from '../../../src/drills/lab/starts.ts';
import { SeaworthyError } from '../../../src/vocabulary/error.ts';

const failed = new SeaworthyError('dependency-failed', '"cache" keeps ending');

async function fails(starts: Starts, service: string, error: Error = failed): Promise<void> {
  await expect(starts.watch(service, Promise.reject(error))).rejects.toBe(error);
}

test('what a service needs has failed twice: nobody waits for it a third time', async () => {
  const starts = new Starts();
  await fails(starts, 'api');
  expect(() => starts.throwIfHopeless('api')).not.toThrow();
  await fails(starts, 'api');
  expect(() => starts.throwIfHopeless('api')).toThrow('"cache" keeps ending');
  expect(() => starts.throwIfHopeless('worker')).not.toThrow();
});

test('where it has started once it may start again', async () => {
  const starts = new Starts();
  expect(await starts.watch('api', Promise.resolve('up'))).toBe('up');
  await fails(starts, 'api');
  await fails(starts, 'api');
  expect(() => starts.throwIfHopeless('api')).not.toThrow();
});

test('other failures do not count', async () => {
  const starts = new Starts();
  for (let time = 0; time < 3; time++) await fails(starts, 'api', new SeaworthyError('engine-refused', 'no address'));
  expect(() => starts.throwIfHopeless('api')).not.toThrow();
});
