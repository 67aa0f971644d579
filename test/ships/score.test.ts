import { expect, test } from 'vitest';
import type { Ship } from './fleet.ts';
import { scoreTable } from './score.ts';
import type { Tried } from './trial.ts';

const tried = (drill: string, fate: Ship['fate'], outcome: Tried['outcome']): Tried => {
  const ship = { name: '', drill, fate, folder: '', service: 'web', twin: undefined, story: '' };
  const expects = fate === 'sinks' ? 'broke' : fate === 'floats' ? 'no alarm' : 'inconclusive';
  return { trial: { ship, drill, expects }, outcome, summary: '', results: [] };
};

test('what is found, and what is a false alarm', () => {
  const table = scoreTable([
    tried('pid-1', 'sinks', 'broke'),
    tried('pid-1', 'sinks', 'inconclusive'),
    tried('pid-1', 'floats', 'held'),
    tried('pid-1', 'floats', 'inconclusive'),
    tried('pid-1', 'floats', 'skipped'),
    tried('clock', 'sinks', 'broke'),
    tried('clock', 'sinks', 'held'),
    tried('clock', 'sinks', 'broke'),
    tried('clock', 'floats', 'broke'),
    tried('clock', 'cannot-tell', 'broke'),
    tried('clock', 'cannot-tell', 'inconclusive'),
  ]);
  expect(table.split('\n')).toEqual([
    'drill                 sinking  found  found in  floating  false alarms  untold',
    'pid-1                       2      1    50.0 %         2             0       1',
    'clock                       3      2    66.7 %         1             2       0',
    'all                         5      3    60.0 %         3             2       1',
  ]);
});
