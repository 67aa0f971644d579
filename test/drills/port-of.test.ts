import { expect, test } from 'vitest';
import { mayBeWorker, portOf } from '../../src/drills/lab/port-of.ts';
import type { ServicePlan } from '../../src/stack/plan.ts';

const publishing = (...ports: readonly number[]) =>
  ({
    body: { HostConfig: { PortBindings: Object.fromEntries(ports.map((port) => [`${port}/tcp`, [{}]])) } },
  }) as unknown as ServicePlan;

test.each([
  ['the likeliest that it listens on', [80, 8080], [8080], [8080], 8080],
  ['the likeliest, though a lower one is open', [8080], [], [22, 8080], 8080],
  ['whatever it listens on, where nothing is published', [80], [], [9090, 3000], 3000],
  ['what is published, though nothing listens there', [80], [80], [3000], 80],
  ['the likeliest, where it listens nowhere', [80], [], [], 80],
  ['none, where nobody knows any', [], [], [], undefined],
])('a service is asked on %s', (_, likelyPorts, published, open, port) => {
  expect(portOf({ likelyPorts }, publishing(...published), open)).toBe(port);
});

test.each([
  ['another command and no port of its own', { Cmd: ['worker'], HostConfig: {} }, true],
  ['the command of its image', { HostConfig: {} }, false],
  ['a port that the file exposes', { Cmd: ['serve'], ExposedPorts: { '80/tcp': {} }, HostConfig: {} }, false],
  ['a port that the file publishes', { Cmd: ['serve'], HostConfig: { PortBindings: { '80/tcp': [{}] } } }, false],
])('one with %s: may listen nowhere', (_, body, expected) => {
  expect(mayBeWorker({ body } as unknown as ServicePlan)).toBe(expected);
});
