import { describe, expect, test } from 'vitest';
import { type RootTrial, rootFault } from '../../src/drills/rights/root-trial.ts';
import type { Serving } from '../../src/drills/rights/serving.ts';

const server: Serving = {
  ok: true,
  readyMs: 200,
  by: 'port',
  asked: 6,
  answered: 6,
  statuses: [200],
  because: undefined,
};
const worker: Serving = { ...server, by: 'running', asked: 0, answered: 0, statuses: [] };
const erofs = "sh: can't create /var/log/job.log: Read-only file system";

function life(served: Serving, log: readonly string[] = [], exitCode: number | undefined = 0): RootTrial {
  const complaints = log.filter((line) => line.includes('Read-only'));
  return { served, written: [], owners: [], complaints, said: log, exitCode };
}

describe('what is wrong on a root it may not write', () => {
  test.each<[string, RootTrial, RootTrial, string | undefined]>([
    ['nothing', life(server), life(server), undefined],
    [
      'it dies when told to stop',
      life(server),
      life(server, [erofs], 1),
      `told to stop it ends with code 1 instead of 0; it last said: ${erofs}`,
    ],
    ['it never stopped well', life(server, [], 1), life(server, [], 1), undefined],
    ['killed, which may be a busy machine', life(server), life(server, [], 137), undefined],
    ['a server that goes without its cache', life(server), life(server, [erofs, erofs, erofs]), undefined],
    [
      'a worker whose every turn fails',
      life(worker, ['done', 'done']),
      life(worker, [erofs, erofs]),
      `it runs on, but what it does fails; it last said: ${erofs}`,
    ],
    [
      'a worker whose every turn fails of what failed at first',
      life(worker),
      life(worker, [erofs, 'no such folder', 'no such folder']),
      `it runs on, but what it does fails; it last said: ${erofs}`,
    ],
    [
      'a worker that fails once and goes on',
      life(worker, ['done', 'done']),
      life(worker, [erofs, 'done', 'done']),
      undefined,
    ],
    ['a worker of many words, none of them about that', life(worker, ['a']), life(worker, ['b', 'b']), undefined],
  ])('%s', (_, before, after, fault) => {
    expect(rootFault(before, after)).toBe(fault);
  });
});
