import { describe, expect, test } from 'vitest';
import { type Ending, endingFault, endingFrom } from '../../src/drills/stopping/ending.ts';
import type { EngineEvent } from '../../src/engine/events.ts';

const ending = (rest: Partial<Ending>): Ending => ({ ms: 1900, exitCode: 0, signals: [15], oomKilled: false, ...rest });

describe('what is wrong with an ending', () => {
  test.each<[string, Partial<Ending>, string | undefined]>([
    ['it leaves by itself', {}, undefined],
    ['it lets the signal have its way', { exitCode: 143 }, undefined],
    ['so with another stop signal', { exitCode: 131, signals: [3] }, undefined],
    ['with a code that says it failed', { exitCode: 1 }, 'left with code 1'],
    ['with the code of a signal it was not sent', { exitCode: 130 }, 'left with code 130'],
    ['it is killed', { exitCode: 137, signals: [15, 9] }, 'was killed (SIGKILL): its grace period of 10 s was over'],
    ['an engine that tells no signals (Podman)', { exitCode: 137, signals: [] }, 'was killed (SIGKILL)'],
    ['killed, though it says 0', { exitCode: 0, signals: [15, 9] }, 'was killed (SIGKILL)'],
    ['out of memory is no kill of the engine', { exitCode: 137, oomKilled: true }, 'was killed for memory'],
  ])('%s', (_, rest, fault) => {
    const said = endingFault(ending(rest), 10);
    if (fault === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(fault);
  });
});

describe('an ending from what the engine said', () => {
  const event = (action: string, at: number, rest: Partial<EngineEvent> = {}): EngineEvent => ({
    container: 'c',
    name: 'web',
    action,
    exitCode: undefined,
    signal: undefined,
    at,
    ...rest,
  });
  const state = {
    status: 'exited',
    exitCode: 7,
    oomKilled: false,
    error: '',
    startedAt: '',
    finishedAt: '',
    health: undefined,
  } as const;

  test('by its clock, with its signals', () => {
    const events = [
      event('kill', 1000, { signal: 15 }),
      event('kill', 4000, { signal: 9 }),
      event('die', 4250, { exitCode: 137 }),
      event('stop', 4300),
    ];
    expect(endingFrom(events, { state }, 9999)).toEqual({
      ms: 3250,
      exitCode: 137,
      signals: [15, 9],
      oomKilled: false,
    });
  });

  test('by ours where it said nothing', () => {
    expect(endingFrom([], { state }, 1234)).toEqual({ ms: 1234, exitCode: 7, signals: [], oomKilled: false });
  });

  test('an oom event counts where the flag is not set yet', () => {
    expect(endingFrom([event('oom', 5)], { state }, 1).oomKilled).toBe(true);
  });
});
