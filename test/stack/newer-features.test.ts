import { expect, test } from 'vitest';
import { isOlder, newerContainerFeatures, withoutNewer } from '../../src/stack/newer-features.ts';

const body = {
  Image: 'x',
  Healthcheck: { Test: ['CMD', 'true'], StartInterval: 5 },
  HostConfig: {
    Memory: 7,
    Annotations: { a: 'b' },
    Mounts: [
      { Target: '/a', VolumeOptions: { Subpath: 's', NoCopy: true } },
      { Target: '/b', BindOptions: { ReadOnlyForceRecursive: true } },
    ],
  },
};

test('an old engine is not sent what it would ignore in silence, and each is heard of', () => {
  const missed: string[] = [];
  const rest = withoutNewer(body, newerContainerFeatures, '1.41', ({ attribute }) => missed.push(attribute));
  expect(missed).toEqual([
    'annotations',
    'healthcheck.start_interval',
    'volumes.bind.recursive',
    'volumes.volume.subpath',
  ]);
  expect(rest).toEqual({
    Image: 'x',
    Healthcheck: { Test: ['CMD', 'true'] },
    HostConfig: {
      Memory: 7,
      Mounts: [
        { Target: '/a', VolumeOptions: { NoCopy: true } },
        { Target: '/b', BindOptions: {} },
      ],
    },
  });
});

test('a newer one is sent all of it', () => {
  expect(withoutNewer(body, newerContainerFeatures, '1.45', () => expect.unreachable())).toBe(body);
});

test('versions are compared by numbers', () => {
  expect([isOlder('1.9', '1.41'), isOlder('1.41', '1.41'), isOlder('1.44', '1.5'), isOlder('1.47', '2.0')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
