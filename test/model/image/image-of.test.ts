import { describe, expect, test } from 'vitest';
import { parseImageReference } from '../../../src/knowledge/image-reference.ts';
import { imageOfReference } from '../../../src/model/image/image-of.ts';
import { image } from '../reading.ts';

const words = (line: { words: readonly { text: string }[] } | undefined) => line?.words.map(({ text }) => text);

describe('ENTRYPOINT and CMD', () => {
  const both = (lines: string, base = 'scratch') => {
    const { entrypoint, command } = image(`FROM ${base}\n${lines}\n`);
    return [words(entrypoint?.value), words(command?.value)];
  };

  test.each([
    ['CMD ["a"]', [undefined, ['a']]],
    ['CMD a b', [undefined, ['a b']]],
    ['ENTRYPOINT ["e"]\nCMD ["c"]', [['e'], ['c']]],
    ['CMD ["c"]\nENTRYPOINT ["e"]', [['e'], ['c']]],
    ['CMD ["c"]\nCMD ["d"]', [undefined, ['d']]],
    ['ENTRYPOINT []', [undefined, undefined]],
  ])('%j', (lines, expected) => {
    expect(both(lines)).toEqual(expected);
  });

  test('ENTRYPOINT discards the CMD of the base', () => {
    expect(both('RUN x', 'node:22')).toEqual([['docker-entrypoint.sh'], ['node']]);
    expect(both('ENTRYPOINT ["e"]', 'node:22')).toEqual([['e'], undefined]);
  });

  test('ENTRYPOINT discards the CMD of a parent stage', () => {
    const { entrypoint, command } = image('FROM scratch AS a\nCMD ["c"]\nFROM a\nENTRYPOINT ["e"]\n');
    expect(words(entrypoint?.value)).toEqual(['e']);
    expect(command).toMatchObject({ value: undefined });
  });

  test('an unknown base leaves them unknown', () => {
    expect(both('RUN x', 'registry.example/x:1')).toEqual([undefined, undefined]);
    expect(image('FROM registry.example/x:1\n').command).toBeUndefined();
    expect(image('FROM scratch\n').command).toMatchObject({ value: undefined, sure: 'certain' });
  });
});

describe('HEALTHCHECK', () => {
  const health = (line: string, base = 'scratch') => image(`FROM ${base}\n${line}\n`).healthcheck;

  test('with all its options', () => {
    expect(
      health(
        'HEALTHCHECK --interval=1m30s --timeout=500ms --start-period=1h --start-interval=2s --retries=5 CMD curl -f x',
      )?.value,
    ).toMatchObject({
      form: 'shell',
      intervalMs: 90_000,
      timeoutMs: 500,
      startPeriodMs: 3_600_000,
      startIntervalMs: 2000,
      retries: 5,
    });
  });

  test('without options leaves Docker’s defaults', () => {
    const test = health('HEALTHCHECK CMD ["probe", "-q"]')?.value;
    expect(test).toMatchObject({ form: 'exec', intervalMs: undefined, retries: undefined });
    expect(words(test)).toEqual(['probe', '-q']);
  });

  test('0 is the default, and so is what cannot be read', () => {
    expect(health('HEALTHCHECK --interval=0s --retries=0 CMD x')?.value).toMatchObject({
      intervalMs: undefined,
      retries: undefined,
    });
    expect(health('HEALTHCHECK --interval=often --retries=many CMD x')?.value).toMatchObject({
      intervalMs: undefined,
      retries: undefined,
    });
  });

  test('NONE takes the one of before away', () => {
    expect(health('HEALTHCHECK CMD x\nHEALTHCHECK NONE')).toMatchObject({ value: undefined, from: { kind: 'file' } });
  });

  test('is inherited from a parent stage', () => {
    expect(image('FROM scratch AS a\nHEALTHCHECK CMD x\nFROM a\n').healthcheck?.value).toBeDefined();
  });

  test('of an unknown base is unknown, of a known one without is none', () => {
    expect(health('RUN x', 'registry.example/x:1')).toBeUndefined();
    expect(health('RUN x', 'node:22')).toMatchObject({ value: undefined, from: { kind: 'base-image' } });
  });
});

describe('other settings', () => {
  test('EXPOSE adds to what the base exposes', () => {
    const { exposed } = image('FROM nginx:1.27\nARG P=9000\nEXPOSE 8080/tcp $P 53/udp\n');
    expect(exposed.map(({ value }) => value)).toEqual(['80/tcp', '8080/tcp', '9000', '53/udp']);
  });

  test('EXPOSE of a variable with several words', () => {
    const { exposed } = image('FROM scratch\nENV PORTS="80 443"\nEXPOSE $PORTS\n');
    expect(exposed.map(({ value }) => value)).toEqual(['80', '443']);
  });

  test('STOPSIGNAL', () => {
    expect(image('FROM scratch\nSTOPSIGNAL SIGQUIT\n').stopSignal?.value).toBe('SIGQUIT');
    expect(image('FROM nginx:1.27\n').stopSignal?.value).toBe('SIGQUIT');
    expect(image('FROM registry.example/x:1\n').stopSignal).toBeUndefined();
  });

  test('LABEL and ENV with variables, the last of each winning', () => {
    const { labels, environment } = image('FROM scratch\nARG V=1\nLABEL v=$V w="a b" v=2\nENV A=1\nENV A=2 B=$A\n');
    expect([...labels].map(([name, { value }]) => [name, value])).toEqual([
      ['v', '2'],
      ['w', 'a b'],
    ]);
    expect([...environment].map(([name, { value }]) => [name, value])).toEqual([
      ['A', '2'],
      ['B', '1'],
    ]);
  });

  test('VOLUME adds to the base’s', () => {
    expect(image('FROM postgres:16\nVOLUME /extra\n').volumes.map(({ value }) => value)).toEqual([
      '/var/lib/postgresql/data',
      '/extra',
    ]);
  });
});

describe('the shell of the image', () => {
  test.each([
    ['FROM alpine:3.20\n', 'yes'],
    ['FROM scratch\n', 'no'],
    ['FROM gcr.io/distroless/static-debian12\n', 'no'],
    ['FROM registry.example/x:1\n', 'unknown'],
    ['FROM scratch\nCOPY --from=busybox /bin/sh /bin/sh\n', 'unknown'],
    ['FROM scratch\nADD rootfs.tar.xz /\n', 'unknown'],
  ])('%j: %s', (text, presence) => {
    expect(image(text).shell).toBe(presence);
  });
});

test('an image that is pulled has what its table says', () => {
  const postgres = imageOfReference(parseImageReference('postgres:16'));
  expect(words(postgres.command?.value)).toEqual(['postgres']);
  expect(postgres).toMatchObject({ stage: undefined, isScratch: false, files: [] });
  expect(imageOfReference(undefined)).toMatchObject({ user: undefined, command: undefined, healthcheck: undefined });
});
