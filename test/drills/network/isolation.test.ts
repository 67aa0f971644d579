import { describe, expect, test } from 'vitest';
import { egressOf } from '../../../src/drills/network/egress.ts';
import { openPorts } from '../../../src/drills/network/neighbours.ts';
import { boundPorts, deadEnd } from '../../../src/drills/network/published.ts';
import { defaultGateway } from '../../../src/drills/network/way-out.ts';
import { type Isolation, judgeIsolation } from '../../../src/drills/network-isolation.ts';
import { planStack } from '../../../src/stack/plan-stack.ts';
import { projectIn } from '../../stack/planned.ts';

describe('what is meant to go out', () => {
  const egress = (service: string, networks: string, setting?: 'none' | 'allowed') => {
    const project = projectIn({ 'compose.yaml': `services:\n  web: ${service}\nnetworks: ${networks}\n` });
    return egressOf(project.services[0]!, project, { egress: setting });
  };
  test.each<[string, string, string, 'none' | 'allowed' | undefined, string]>([
    ['an internal network', '{ image: x, networks: [jobs] }', '{ jobs: { internal: true } }', undefined, 'none'],
    [
      'all internal',
      '{ image: x, networks: [a, b] }',
      '{ a: { internal: true }, b: { internal: true } }',
      undefined,
      'none',
    ],
    [
      'an internal and an ordinary one',
      '{ image: x, networks: [a, front] }',
      '{ a: { internal: true }, front: }',
      undefined,
      'allowed',
    ],
    ['a private name', '{ image: x, networks: [backend] }', '{ backend: }', undefined, 'none'],
    [
      'a private name beside an ordinary one',
      '{ image: x, networks: [backend, frontend] }',
      '{ backend: , frontend: }',
      undefined,
      'allowed',
    ],
    ['a private name of another make', '{ image: x, networks: [backnet] }', '{ backnet: }', undefined, 'none'],
    [
      'a data store on an internal and an ordinary one',
      '{ image: "redis:7", networks: [a, front] }',
      '{ a: { internal: true }, front: }',
      undefined,
      'none',
    ],
    [
      'one that is published, which takes an ordinary one',
      '{ image: "redis:7", networks: [a, front], ports: ["127.0.0.1:6379:6379"] }',
      '{ a: { internal: true }, front: }',
      undefined,
      'allowed',
    ],
    ['the default network', '{ image: x }', '{}', undefined, 'allowed'],
    ['a default network that is internal', '{ image: x }', '{ default: { internal: true } }', undefined, 'none'],
    [
      'a name that only begins like a private one',
      '{ image: x, networks: [databus] }',
      '{ databus: }',
      undefined,
      'allowed',
    ],
    ['no network', '{ image: x, network_mode: none }', '{}', undefined, 'none'],
    ['the host', '{ image: x, network_mode: host }', '{}', undefined, 'allowed'],
    ['as it is set', '{ image: x }', '{}', 'none', 'none'],
    ['as it is set, against the name', '{ image: x, networks: [db] }', '{ db: }', 'allowed', 'allowed'],
  ])('%s', (_, service, networks, setting, meant) => {
    expect(egress(service, networks, setting).meant).toBe(meant);
  });

  test('the network to mend is named', () => {
    expect(egress('{ image: x, networks: [backend] }', '{ backend: }')).toEqual({
      meant: 'none',
      because: 'its network is called "backend"',
      open: 'backend',
    });
  });
});

test.each<[string, string | undefined]>([
  ['Iface\tDestination\tGateway \tFlags\neth0\t00000000\t0123FA0A\t0003\t0\t0\t0\t00000000\n', '10.250.35.1'],
  ['Iface\tDestination\tGateway \tFlags\neth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\n', undefined],
  // A default route without a next hop (a tunnel) has no gateway to ask.
  ['Iface\tDestination\tGateway \tFlags\ntun0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\n', undefined],
  ['', undefined],
])('the gateway of %j', (routes, gateway) => {
  expect(defaultGateway(routes)).toBe(gateway);
});

test('ports that others could reach', () => {
  const at = (address: string, port: number, protocol = 'tcp') => ({ address, port, protocol });
  expect(
    openPorts([
      at('0.0.0.0', 80),
      at('::', 80),
      at('127.0.0.1', 9229),
      at('::1', 9230),
      at('0.0.0.0', 53, 'udp'),
      at('172.18.0.2', 22),
    ]),
  ).toEqual([22, 80]);
});

test('ports that are bound', () => {
  const Ports = { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '49153' }], '81/tcp': null, '82/tcp': [] };
  expect(boundPorts({ NetworkSettings: { Ports } })).toEqual(['80/tcp']);
  expect(boundPorts({})).toEqual([]);
});

describe('ports that are published and lead nowhere', () => {
  const at = (address: string, port: number, protocol = 'tcp') => ({ address, port, protocol });
  test.each<[string, string, ReturnType<typeof at>[], string | undefined]>([
    ['a port that is listened on', '["8080:80"]', [at('0.0.0.0', 80)], undefined],
    ['no ports', '[]', [at('0.0.0.0', 80)], undefined],
    ['one of two', '["80:80", "443:443"]', [at('::', 80)], undefined],
    ['one that speaks UDP', '["53:53/udp"]', [], undefined],
    [
      'another port',
      '["8080:80"]',
      [at('0.0.0.0', 8080)],
      'the file publishes 80/tcp, and nothing listens there: it listens on 8080',
    ],
    ['no port at all', '["8080:80"]', [], 'the file publishes 80/tcp, and nothing listens there'],
    [
      'a port for itself',
      '["8080:80"]',
      [at('127.0.0.1', 80)],
      'the file publishes 80/tcp, and it listens there for itself only, on 127.0.0.1: nobody comes in',
    ],
  ])('%s', (_, ports, listeners, fault) => {
    const project = projectIn({ 'compose.yaml': `services:\n  web: { image: x, ports: ${ports} }\n` });
    expect(deadEnd(planStack(project).services[0]!, listeners)).toBe(fault);
  });
});

describe('the verdict', () => {
  const beyond = {
    host: '192.0.2.1',
    port: 443,
    what: 'the gateway',
    fromOpen: 'refused',
    fromInternal: 'timeout',
  } as const;
  const sound: Isolation = {
    egress: { meant: 'none', because: 'its network "jobs" is internal' },
    beyond,
    asked: [],
    isOut: false,
    tried: [
      { service: 'db', port: 5432, shares: true, reach: 'open' },
      { service: 'other', port: 80, shares: false, reach: 'timeout' },
    ],
    faults: [],
    listens: [80],
    published: [],
    hasMetadata: false,
  };
  test.each<[string, Partial<Isolation>, string, string]>([
    [
      'sound',
      {},
      'held',
      'It reaches none of 1 ports of services that it shares no network with, and there is no way out',
    ],
    ['it gets out', { isOut: true }, 'broke', 'It gets out of its networks, though its network "jobs" is internal'],
    [
      'it gets out to the metadata service',
      { hasMetadata: true },
      'broke',
      'It gets out of its networks, though its network "jobs" is internal',
    ],
    [
      'it may get out',
      { isOut: true, egress: { meant: 'allowed', because: 'x' } },
      'held',
      'It reaches none of 1 ports of services that it shares no network with; it may go out, and does',
    ],
    [
      'it reaches a stranger',
      { tried: [{ service: 'db', port: 5432, shares: false, reach: 'open' }] },
      'broke',
      'It reaches db:5432, with which it shares no network',
    ],
    // Some firewalls refuse what they drop.
    [
      'a stranger refuses',
      { tried: [{ service: 'db', port: 5432, shares: false, reach: 'refused' }] },
      'held',
      'It reaches none of 1 ports of services that it shares no network with, and there is no way out',
    ],
    [
      'a fault in what is published',
      { faults: ['a database is published on every interface (5432 to 5432)'] },
      'broke',
      'A database is published on every interface (5432 to 5432)',
    ],
  ])('%s', (_, change, outcome, summary) => {
    expect(judgeIsolation({ ...sound, ...change })).toMatchObject({ outcome, summary });
  });

  test('a machine without a way out cannot tell', () => {
    expect(judgeIsolation({ ...sound, beyond: undefined, isOut: undefined }).outcome).toBe('inconclusive');
  });
  test('and need not where it may go out', () => {
    const may = { egress: { meant: 'allowed', because: 'x' }, beyond: undefined, isOut: undefined } as const;
    expect(judgeIsolation({ ...sound, ...may }).outcome).toBe('held');
  });
});
