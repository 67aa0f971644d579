import { describe, expect, test } from 'vitest';
import { stageNamed } from '../../../src/model/dockerfile/build-dockerfile.ts';
import { built } from '../reading.ts';

const three = `FROM alpine:3.20 AS Base
FROM base AS build
RUN make
FROM scratch
COPY --from=build /out /out
`;

describe('the target', () => {
  test('is the last stage when none is named', () => {
    expect(built(three).target?.index).toBe(2);
  });

  test.each([
    ['build', 1],
    ['BUILD', 1],
    ['0', 0],
    ['2', 2],
  ])('%s is stage %i', (target, index) => {
    expect(built(three, { target }).target?.index).toBe(index);
  });

  test.each(['prod', '3', '-1', '1.0'])('%s is missing', (target) => {
    const dockerfile = built(three, { target });
    expect(dockerfile.target).toBeUndefined();
    expect(dockerfile.missingTarget).toBe(target);
    expect(dockerfile.stages.map(({ isUsed }) => isUsed)).toEqual([false, false, false]);
  });

  test('there is none without FROM', () => {
    expect(built('RUN true\n').target).toBeUndefined();
    expect(built('').missingTarget).toBeUndefined();
  });

  test('lines without FROM are one stage on an unknown base', () => {
    const [stage, ...others] = built('ARG A=1\nRUN echo $A\nWORKDIR app\n').stages;
    expect(others).toEqual([]);
    expect(stage?.from).toMatchObject({ isMissing: true, reference: undefined, isScratch: false });
    expect(stage?.steps.map(({ instruction }) => instruction.keyword)).toEqual(['ARG', 'RUN', 'WORKDIR']);
    expect(stage?.steps[1]?.scope.get('A')?.value).toBe('1');
    expect(built('ARG A=1\n').stages).toEqual([]);
    expect(built('RUN true\nFROM a\nRUN make\n').stages).toHaveLength(1);
  });

  test('of two stages with one name is the later', () => {
    expect(built('FROM a AS x\nFROM b AS x\n', { target: 'x' }).target?.index).toBe(1);
  });
});

describe('which stages count', () => {
  const flags = (text: string, target?: string) =>
    built(text, target === undefined ? {} : { target }).stages.map(
      ({ isFinal, isUsed, isInherited }) =>
        [isFinal && 'final', isUsed && 'used', isInherited && 'inherited'].filter(Boolean).join(' ') || 'skipped',
    );

  test('FROM inherits, COPY --from uses', () => {
    expect(flags(three)).toEqual(['used', 'used', 'final used inherited']);
    expect(flags(three, 'build')).toEqual(['used inherited', 'final used inherited', 'skipped']);
  });

  test('a stage nobody asks for is skipped', () => {
    expect(flags('FROM a AS test\nRUN t\nFROM b\n')).toEqual(['skipped', 'final used inherited']);
  });

  test('RUN --mount from a stage uses it', () => {
    expect(flags('FROM a AS deps\nFROM b\nRUN --mount=type=bind,from=deps,target=/d ls /d\n')).toEqual([
      'used',
      'final used inherited',
    ]);
  });

  test('COPY --from by number', () => {
    expect(flags('FROM a\nFROM b\nFROM c\nCOPY --from=0 /x /x\n')).toEqual(['used', 'skipped', 'final used inherited']);
  });

  test('a later stage of that name is an image to an earlier COPY', () => {
    expect(flags('FROM a\nCOPY --from=nginx /x /x\nFROM b AS nginx\nFROM c\n', '0')).toEqual([
      'final used inherited',
      'skipped',
      'skipped',
    ]);
  });

  test('of two earlier stages with one name the nearer is copied from', () => {
    expect(flags('FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=x /x /x\nFROM d AS x\n', '2')).toEqual([
      'skipped',
      'used',
      'final used inherited',
      'skipped',
    ]);
  });
});

describe('FROM', () => {
  const from = (text: string) => built(text).stages.at(-1)?.from;

  test('names an earlier stage in any case', () => {
    expect(from('FROM a AS Base\nFROM BASE\n')?.stage?.index).toBe(0);
  });

  test('names no later stage, and not itself', () => {
    expect(built('FROM x AS y\nFROM y AS x\n').stages[0]?.from.stage).toBeUndefined();
    expect(from('FROM self AS self\n')?.stage).toBeUndefined();
  });

  test('does not take a number for a stage', () => {
    expect(from('FROM a\nFROM 0\n')?.stage).toBeUndefined();
  });

  test('scratch is no image', () => {
    expect(from('FROM scratch\n')).toMatchObject({ isScratch: true, reference: undefined });
  });

  test('keeps the platform as written', () => {
    expect(from('FROM --platform=$BUILDPLATFORM golang:1.23 AS b\n')?.platform?.written).toBe('$BUILDPLATFORM');
  });

  test('a name after AS needs the AS', () => {
    expect(built('FROM alpine base\n').stages[0]?.name).toBeUndefined();
  });

  test('stages of a FROM that cannot be read are still there', () => {
    expect(built('FROM\nRUN a\nFROM b AS c\n').stages.map(({ name, steps }) => [name, steps.length])).toEqual([
      [undefined, 1],
      ['c', 0],
    ]);
  });
});

test('stageNamed looks at earlier stages only', () => {
  const { stages } = built('FROM a AS one\nFROM b AS two\nFROM c AS three\n');
  expect(stageNamed(stages[1]!, 'one')?.index).toBe(0);
  expect(stageNamed(stages[1]!, 'ONE')?.index).toBe(0);
  expect(stageNamed(stages[1]!, '0')?.index).toBe(0);
  expect(stageNamed(stages[1]!, 'two')).toBeUndefined();
  expect(stageNamed(stages[1]!, '2')).toBeUndefined();
  expect(stageNamed(stages[1]!, 'alpine')).toBeUndefined();
});

test('an unnamed stage that the last one does not need is an orphan, a named one may be a target', () => {
  const orphans = (text: string, target?: string) =>
    built(text, target === undefined ? {} : { target }).stages.map(({ isOrphan }) => isOrphan);
  expect(orphans('FROM a\nFROM b\n')).toEqual([true, false]);
  expect(orphans('FROM a AS x\nFROM b\n')).toEqual([false, false]);
  expect(orphans('FROM a\nFROM b\nCOPY --from=0 /x /x\n')).toEqual([false, false]);
  expect(orphans('FROM a\nFROM b AS x\nFROM c\n', 'x')).toEqual([false, false, false]);
});
