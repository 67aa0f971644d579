import { describe, expect, test } from 'vitest';
import { lazily, remembered } from '../../src/vocabulary/lazily.ts';

describe('lazily', () => {
  test('works once, and not before it is asked', () => {
    let runs = 0;
    const value = lazily(() => ++runs);
    expect(runs).toBe(0);
    expect([value(), value(), runs]).toEqual([1, 1, 1]);
  });

  test('undefined is an answer too', () => {
    let runs = 0;
    const value = lazily(() => {
      runs += 1;
    });
    value();
    value();
    expect(runs).toBe(1);
  });

  test('what throws is tried again', () => {
    let runs = 0;
    const value = lazily(() => {
      runs += 1;
      if (runs === 1) throw new Error('once');
      return runs;
    });
    expect(value).toThrow('once');
    expect(value()).toBe(2);
  });
});

describe('remembered', () => {
  test('by object, not by content; undefined too', () => {
    const asked: object[] = [];
    const look = remembered((key: { name: string }) => {
      asked.push(key);
      return key.name === 'none' ? undefined : key.name.length;
    });
    const [first, second, none] = [{ name: 'abc' }, { name: 'abc' }, { name: 'none' }];
    expect([look(first), look(first), look(second), look(none), look(none)]).toEqual([3, 3, 3, undefined, undefined]);
    expect(asked).toEqual([first, second, none]);
  });

  test('two functions of one object keep apart, and the object looks as before', () => {
    const key = { name: 'abc' };
    const length = remembered((one: { name: string }) => one.name.length);
    const upper = remembered((one: { name: string }) => one.name.toUpperCase());
    expect([length(key), upper(key), length(key)]).toEqual([3, 'ABC', 3]);
    expect(Object.keys(key)).toEqual(['name']);
    expect(JSON.stringify(key)).toBe('{"name":"abc"}');
    expect({ ...key }).toStrictEqual({ name: 'abc' });
  });

  test('a frozen object is asked anew', () => {
    let runs = 0;
    const look = remembered((_: object) => ++runs);
    const key = Object.freeze({});
    expect([look(key), look(key)]).toEqual([1, 2]);
  });
});
