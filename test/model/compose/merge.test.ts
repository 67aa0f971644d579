import { describe, expect, test } from 'vitest';
import { load, plain, refusals } from './loading.ts';

const pair = (base: string, later: string) =>
  load(
    { 'compose.yaml': `services: {web: {image: x, ${base}}}`, 'over.yaml': `services: {web: {${later}}}` },
    { files: ['compose.yaml', 'over.yaml'], skip: { consistency: true } },
  );

describe('an attribute of two files', () => {
  test.each([
    ['hostname: a', 'hostname: b', 'hostname', 'b'],
    ['hostname: a', 'hostname:', 'hostname', 'a'],
    ['environment: {A: 1, B: 2}', 'environment: [B=3, C]', 'environment', { A: '1', B: '3', C: null }],
    ['labels: [a=1]', 'labels: {a: 2, b: }', 'labels', { a: '2', b: '' }],
    ['command: [a]', 'command: [b]', 'command', ['b']],
    ['entrypoint: a', 'entrypoint: []', 'entrypoint', []],
    [
      'healthcheck: {test: [CMD, a], retries: 1}',
      'healthcheck: {test: b}',
      'healthcheck',
      { test: ['CMD-SHELL', 'b'], retries: 1 },
    ],
    ['cap_add: [A, B]', 'cap_add: [B, C]', 'cap_add', ['A', 'B', 'C']],
    ['security_opt: [a]', 'security_opt: [b]', 'security_opt', ['a', 'b']],
    ['dns: 1.1.1.1', 'dns: [2.2.2.2, 1.1.1.1]', 'dns', ['1.1.1.1', '2.2.2.2']],
    ['tmpfs: /a', 'tmpfs: /b', 'tmpfs', ['/a', '/b']],
    ['build: ./a', 'build: {args: {X: 1}}', 'build', { context: 'a', dockerfile: 'Dockerfile', args: { X: '1' } }],
    ['build: {context: a, dockerfile: D}', 'build: b', 'build', { context: 'b', dockerfile: 'D' }],
    [
      'depends_on: [a]',
      'depends_on: {a: {condition: service_healthy}, b: {condition: service_started}}',
      'depends_on',
      {
        a: { condition: 'service_healthy', required: true },
        b: { condition: 'service_started', required: true },
      },
    ],
    ['networks: [n]', 'networks: {n: {aliases: [q]}, m: }', 'networks', { n: { aliases: ['q'] }, m: null }],
    [
      'logging: {driver: a, options: {x: 1}}',
      'logging: {driver: b, options: {y: 2}}',
      'logging',
      { driver: 'b', options: { y: '2' } },
    ],
    [
      'logging: {driver: a, options: {x: 1}}',
      'logging: {options: {y: 2}}',
      'logging',
      { driver: 'a', options: { x: '1', y: '2' } },
    ],
    ['ulimits: {n: 5}', 'ulimits: {n: {soft: 1, hard: 2}}', 'ulimits', { n: { soft: 1, hard: 2 } }],
    ['extra_hosts: ["a=1.1.1.1"]', 'extra_hosts: {a: [1.1.1.1, 2.2.2.2]}', 'extra_hosts', ['a=1.1.1.1', 'a=2.2.2.2']],
    [
      'ports: ["80:80", "81:81"]',
      'ports: ["80:80", "82:82"]',
      'ports',
      [80, 81, 82].map((port) => ({ mode: 'ingress', protocol: 'tcp', target: port, published: String(port) })),
    ],
    [
      'volumes: ["aa:/d", "bb:/e"]',
      'volumes: ["cc:/d:ro"]',
      'volumes',
      [
        { type: 'volume', source: 'cc', target: '/d', read_only: true, volume: {} },
        { type: 'volume', source: 'bb', target: '/e', volume: {} },
      ],
    ],
    [
      'secrets: [a, b]',
      'secrets: [{source: c, target: /run/secrets/a}]',
      'secrets',
      [
        { source: 'c', target: '/run/secrets/a' },
        { source: 'b', target: '/run/secrets/b' },
      ],
    ],
    [
      'devices: ["/dev/a:/dev/x"]',
      'devices: ["/dev/b:/dev/x"]',
      'devices',
      [{ source: '/dev/b', target: '/dev/x', permissions: 'rwm' }],
    ],
    [
      'deploy: {placement: {constraints: [a]}}',
      'deploy: {placement: {constraints: [b]}}',
      'deploy',
      { placement: { constraints: ['a', 'b'] } },
    ],
    ['x-own: {a: 1}', 'x-own: {b: 2}', 'x-own', { a: 1, b: 2 }],
  ])('%s, then %s', (base, later, key, expected) => {
    const project = pair(base, later);
    expect(refusals(project)).toEqual([]);
    expect(plain(project).services.web[key]).toEqual(expected);
  });

  test.each([
    ['healthcheck: {retries: 1}', 'healthcheck: x'],
    ['security_opt: [a]', 'security_opt: a'],
    ['deploy: {replicas: 1}', 'deploy: [1]'],
  ])('%s cannot become %s', (base, later) => {
    expect(refusals(pair(base, later)).some((message) => message.startsWith('cannot override services.web.'))).toBe(
      true,
    );
  });

  test('subnets are merged by their address', () => {
    const project = load(
      {
        'a.yaml': 'services: {w: {image: x}}\nnetworks: {n: {ipam: {config: [{subnet: 10.0.0.0/8}]}}}',
        'b.yaml': 'networks: {n: {ipam: {config: [{subnet: 10.0.0.0/8, gateway: 10.0.0.1}, {subnet: 11.0.0.0/8}]}}}',
      },
      { files: ['a.yaml', 'b.yaml'] },
    );
    expect(plain(project).networks.n.ipam.config).toEqual([
      { subnet: '10.0.0.0/8', gateway: '10.0.0.1' },
      { subnet: '11.0.0.0/8' },
    ]);
  });

  test('documents of one file are merged like files', () => {
    expect(
      plain(load('services: {w: {image: x, hostname: a}}\n---\nservices: {w: {hostname: b}}')).services.w,
    ).toMatchObject({ image: 'x', hostname: 'b' });
  });
});

describe('!reset and !override', () => {
  test.each([
    ['ports: ["80:80"]', 'ports: !reset []', undefined],
    ['ports: ["80:80"]', 'ports: !reset', undefined],
    [
      'ports: ["80:80"]',
      'ports: !override ["81:81"]',
      [{ mode: 'ingress', protocol: 'tcp', target: 81, published: '81' }],
    ],
  ])('%s, then %s', (base, later, expected) => {
    expect(plain(pair(base, later)).services.web.ports).toEqual(expected);
  });

  test('one variable is reset', () => {
    expect(plain(pair('environment: {A: 1, B: 2}', 'environment: {A: !reset }')).services.web.environment).toEqual({
      B: '2',
    });
  });

  test('through an alias and a merge key', () => {
    const project = load(
      {
        'a.yaml': 'services: {w: {image: x, ports: ["80:80"]}, v: {image: x, ports: ["81:81"]}}',
        'b.yaml':
          'x-p: &none !reset []\nx-q: &inner {ports: !reset []}\nservices: {w: {ports: *none}, v: {<<: *inner}}',
      },
      { files: ['a.yaml', 'b.yaml'] },
    );
    expect(refusals(project)).toEqual([]);
    expect(plain(project).services.w.ports).toBeUndefined();
    expect(plain(project).services.v.ports).toBeUndefined();
  });

  test('in a service that extends another', () => {
    const project = load(
      'services: {a: {image: x, ports: ["80:80"], labels: [k]}, b: {extends: a, ports: !reset [], labels: !override {z: 1}}}',
    );
    expect(plain(project).services.b).toMatchObject({ image: 'x', labels: { z: '1' } });
    expect(plain(project).services.b.ports).toBeUndefined();
  });
});
