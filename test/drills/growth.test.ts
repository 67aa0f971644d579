import { describe, expect, test } from 'vitest';
import { grewAllTheTime, growsEvenly, standsStill } from '../../src/drills/memory/growth.ts';

const mebibytes = (...marks: readonly number[]) => marks.map((mark) => mark * 2 ** 20);
const limit = 256 << 20;
const everyTime = (step: number) => mebibytes(...Array.from({ length: 12 }, (_, index) => 40 + step * index));

describe('memory under its own load', () => {
  test('stands still when two windows in a row add next to nothing', () => {
    expect(standsStill(mebibytes(40, 60, 60.5, 60.9), limit)).toBe(true);
    expect(standsStill(mebibytes(40, 60, 62, 62.1), limit)).toBe(false);
    expect(standsStill(mebibytes(40, 40, 40), limit)).toBe(false);
  });

  test('does not stand still for a leak that is slow against a generous limit', () => {
    expect(standsStill(everyTime(1.5), 2 ** 30)).toBe(false);
  });

  test('grew all the time, where no step is much smaller than the others', () => {
    expect(grewAllTheTime(everyTime(6), limit)).toBe(true);
    expect(grewAllTheTime(mebibytes(40, 80, 110, 130, 140, 146, 149, 150, 150, 151, 151, 151), limit)).toBe(false);
  });

  test('grows evenly where it grew little: worth a second look', () => {
    const slow = everyTime(1.2);
    expect(grewAllTheTime(slow, limit)).toBe(false);
    expect(growsEvenly(slow)).toBe(true);
  });

  test('does not grow evenly where a runtime only warms up, or collects at times', () => {
    expect(growsEvenly(mebibytes(40, 44, 46, 47, 47.5, 47.8, 48, 48.1, 48.1, 48.2, 48.2, 48.2))).toBe(false);
    expect(growsEvenly(mebibytes(40, 42, 44, 46, 41, 43, 45, 47, 41, 43, 45, 42))).toBe(false);
  });
});
