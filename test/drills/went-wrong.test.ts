import { expect, test } from 'vitest';
import { NotReady } from '../../src/drills/lab/not-ready.ts';
import { OutOfTime } from '../../src/drills/out-of-time.ts';
import { whatWentWrong } from '../../src/drills/went-wrong.ts';
import { InsideGone } from '../../src/inside/inside-gone.ts';
import { SeaworthyError } from '../../src/vocabulary/error.ts';
import { isolated, notes } from './isolate/isolated.ts';

const users = 'services: {cache: {image: redis, secrets: [users]}}\nsecrets: {users: {file: ./users.acl}}';
const { standIns } = isolated(users, { machine: {} });
const around = { reason: undefined, budgetMs: 60_000, last: 'starting cache', standIns };

test('what stood in for a secret that is not there is told where something did not start', () => {
  expect(notes(isolated(users, { machine: {} }), 'secret')).toHaveLength(1);
  const failed = new SeaworthyError('dependency-failed', '"cache" keeps ending: it was started 8 times:\nBad ACL line');
  const told = whatWentWrong(failed, around);
  expect(told).toMatchObject({
    outcome: 'inconclusive',
    summary: 'What it needs did not start: "cache" keeps ending: it was started 8 times',
    evidence: [{ name: 'its last words', value: ['Bad ACL line'] }],
  });
  expect(told.advice?.[0]).toContain('users.acl');
  expect(whatWentWrong(new NotReady('it ended'), around).advice).toEqual(told.advice);
  expect(whatWentWrong(failed, { ...around, standIns: [] }).advice).toEqual([]);
});

test('an engine that is gone is everybody’s trouble, a helper that is gone one drill’s', () => {
  const gone = new SeaworthyError('engine-unreachable', 'no engine');
  expect(() => whatWentWrong(gone, around)).toThrow(gone);
  expect(whatWentWrong(new InsideGone('the helper has ended'), around).outcome).toBe('inconclusive');
});

test('out of time is told with the last step', () => {
  expect(whatWentWrong(new Error('aborted'), { ...around, reason: new OutOfTime() }).summary).toBe(
    'It was not told within 60 s; the last thing done: starting cache',
  );
});
