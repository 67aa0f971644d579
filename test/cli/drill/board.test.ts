import { expect, test } from 'vitest';
import { Board } from '../../../src/cli/drill/board.ts';
import { result } from '../../report/drills/some-report.ts';

test('a row for each service: what runs and how long, what broke, and when it is done', () => {
  const board = new Board();
  board.take({ type: 'setting-up', what: 'building web' }, 0);
  expect([board.settingUp, board.isPlanned, board.rows(0)]).toEqual(['building web', false, []]);

  const drills = [
    { id: 'clock', service: 'web' },
    { id: 'pid-1', service: 'web' },
    { id: 'clock', service: 'db' },
  ];
  board.take({ type: 'planned', drills }, 0);
  board.take({ type: 'started', id: 'clock', service: 'web' }, 1000);
  board.take({ type: 'started', id: 'clock', service: 'db' }, 2000);
  board.take({ type: 'step', id: 'clock', service: 'web', what: 'sending\u001b[2J SIGTERM' }, 3000);
  expect(board.rows(6400)).toEqual([
    {
      ...{ service: 'web', title: 'web: 0 of 2 drills', isDone: false, hasBroken: false },
      lines: ['clock: sending\\x1b[2J SIGTERM, 5 s'],
    },
    {
      ...{ service: 'db', title: 'db: 0 of 1 drills', isDone: false, hasBroken: false },
      lines: ['clock: setting up, 4 s'],
    },
  ]);

  board.take(
    { type: 'ended', result: result({ id: 'clock', service: 'web', outcome: 'broke', summary: 'late' }) },
    7000,
  );
  board.take({ type: 'ended', result: result({ id: 'clock', service: 'db' }) }, 7000);
  board.take({ type: 'started', id: 'pid-1', service: 'web' }, 7000);
  expect(board.rows(8000)).toEqual([
    {
      ...{ service: 'web', title: 'web: 1 of 2 drills, 1 broke', isDone: false, hasBroken: true },
      lines: ['broke: clock: late', 'pid-1: setting up, 1 s'],
    },
    { ...{ service: 'db', title: 'db: 1 of 1 drills, 1 held', isDone: true, hasBroken: false }, lines: [] },
  ]);
});

test('a step of what never started is nothing', () => {
  const board = new Board();
  board.take({ type: 'step', id: 'clock', service: 'web', what: 'x' }, 0);
  expect(board.rows(0)).toEqual([]);
});
