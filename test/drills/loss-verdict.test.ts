import { describe, expect, test } from 'vitest';
import { judgeLoss, type Loss } from '../../src/drills/health/loss-verdict.ts';

const loss: Loss = {
  dependency: 'db',
  how: 'killed',
  askedBy: 'GET /orders',
  servedBefore: true,
  awayMs: 6500,
  looks: 20,
  answered: 0,
  slowestMs: 40,
  restarts: 0,
  isDown: false,
  recoveredMs: 500,
  waitedMs: 500,
  lastWords: 'Error: lost the database\n    at db.js:1',
};

describe('a dependency that went away', () => {
  test.each<[string, readonly Loss[], string, string]>([
    ['and came back', [loss, { ...loss, how: 'cut off', recoveredMs: 1400 }], 'held', 'again within 1.4 s'],
    ['and made it end once', [{ ...loss, restarts: 1 }], 'held', 'outlived the loss of db'],
    ['and made it loop', [loss, { ...loss, how: 'cut off', restarts: 2 }], 'broke', 'crash-loops after db was cut off'],
    ['and left it deaf', [{ ...loss, recoveredMs: undefined, waitedMs: 30_100 }], 'broke', '30 s after db is back'],
    ['and took it along', [{ ...loss, recoveredMs: undefined, isDown: true }], 'broke', 'nothing started it again'],
    [
      'and left it with no sign of life',
      [loss, { ...loss, askedBy: 'its health test', recoveredMs: undefined, waitedMs: 30_000 }],
      'broke',
      'It fails its health test 30 s after db is back',
    ],
    [
      'which it had not served before',
      [{ ...loss, servedBefore: false, isDown: true }],
      'inconclusive',
      'did not serve',
    ],
    ['or could not be taken away', [{ ...loss, notDone: 'it listens on no port' }], 'inconclusive', 'no port'],
    ['or was none', [], 'inconclusive', 'keeps running'],
  ])('%s', (_, losses, outcome, words) => {
    const told = judgeLoss(losses);
    expect(told.outcome).toBe(outcome);
    expect(told.summary).toContain(words);
    expect((told.advice ?? []).length).toBe(outcome === 'broke' ? 1 : 0);
  });

  test('requests that hang meanwhile are no fault, but worth a word', () => {
    const told = judgeLoss([{ ...loss, how: 'cut off', slowestMs: 5001 }]);
    expect(told.outcome).toBe('held');
    expect(told.advice).toEqual(['a timeout below 5 s on calls to db: while it is cut off, requests hang']);
  });

  test('the log is shown where something is wrong', () => {
    const names = (one: Loss) => judgeLoss([one]).evidence?.map(({ name }) => name);
    expect(names(loss)).toEqual(['db killed']);
    expect(names({ ...loss, restarts: 3 })).toEqual(['db killed', 'last log lines']);
  });
});
