import { describe, expect, test } from 'vitest';
import { load, plain, refusals, service } from './loading.ts';

describe('the one form each attribute has in the end', () => {
  test.each([
    ['environment: [A=1, B, C=]', 'environment', { A: '1', B: null, C: '' }],
    [
      'environment: {A: 1, B: true, C: 1.50, D: , E: 0440}',
      'environment',
      { A: '1', B: 'true', C: '1.5', D: null, E: '288' },
    ],
    ['labels: [a=1, b]', 'labels', { a: '1', b: '' }],
    ['labels: {a: 42, b: }', 'labels', { a: '42', b: '' }],
    ['command: a "b c"', 'command', ['a', 'b c']],
    ['command: []', 'command', []],
    ['entrypoint: [a, b c]', 'entrypoint', ['a', 'b c']],
    ['mem_limit: 512m', 'mem_limit', '536870912'],
    ['memswap_limit: -1', 'memswap_limit', '-1'],
    ['shm_size: 64', 'shm_size', '64'],
    ['cpus: "0.5"', 'cpus', 0.5],
    ['pids_limit: "100"', 'pids_limit', 100],
    ['stop_grace_period: 90s', 'stop_grace_period', '1m30s'],
    ['privileged: "yes"', 'privileged', true],
    ['init: "false"', 'init', false],
    ['dns: 1.1.1.1', 'dns', ['1.1.1.1']],
    ['tmpfs: /t', 'tmpfs', ['/t']],
    ['expose: [80, "90/udp"]', 'expose', ['80', '90/udp']],
    ['group_add: [5, mail]', 'group_add', ['5', 'mail']],
    ['extra_hosts: ["b:1.1.1.1", "a=::1", "a=[::2]"]', 'extra_hosts', ['a=::1', 'a=::2', 'b=1.1.1.1']],
    ['extra_hosts: {a: [1.1.1.1, 2.2.2.2]}', 'extra_hosts', ['a=1.1.1.1', 'a=2.2.2.2']],
    ['ulimits: {n: 5, m: {soft: "1", hard: 2}}', 'ulimits', { n: 5, m: { soft: 1, hard: 2 } }],
    [
      'devices: ["/dev/a:/dev/b:r", /dev/c]',
      'devices',
      [
        { source: '/dev/a', target: '/dev/b', permissions: 'r' },
        { source: '/dev/c', target: '/dev/c', permissions: 'rwm' },
      ],
    ],
    ['gpus: all', 'gpus', [{ count: -1 }]],
    [
      'deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}',
      'deploy',
      { resources: { reservations: { devices: [{ capabilities: ['gpu'], count: -1 }] } } },
    ],
    [
      'deploy: {resources: {limits: {memory: 50M, cpus: "0.5"}}, update_config: {delay: 10s}}',
      'deploy',
      { resources: { limits: { memory: '52428800', cpus: 0.5 } }, update_config: { delay: '10s' } },
    ],
    [
      'healthcheck: {test: curl x, interval: 1m, retries: "3"}',
      'healthcheck',
      { test: ['CMD-SHELL', 'curl x'], interval: '1m0s', retries: 3 },
    ],
    ['depends_on: [db]', 'depends_on', { db: { condition: 'service_started', required: true } }],
    [
      'depends_on: {db: {condition: service_healthy, restart: true}}',
      'depends_on',
      { db: { condition: 'service_healthy', restart: true, required: true } },
    ],
    ['networks: [front, back]', 'networks', { front: null, back: null }],
    ['models: [llm]', 'models', { llm: null }],
    ['build: ./app', 'build', { context: 'app', dockerfile: 'Dockerfile' }],
    [
      'build: {args: [A=1, B], ssh: [default, k=/p], provenance: true}',
      'build',
      { context: '.', dockerfile: 'Dockerfile', args: { A: '1' }, ssh: ['default', 'k=/p'], provenance: 'true' },
    ],
    [
      'build: {dockerfile_inline: FROM x, additional_contexts: [a=./a, b=docker-image://b]}',
      'build',
      { context: '.', dockerfile_inline: 'FROM x', additional_contexts: { a: 'a', b: 'docker-image://b' } },
    ],
    [
      'build: {context: "https://github.com/a/b.git#main"}',
      'build',
      { context: 'https://github.com/a/b.git#main', dockerfile: 'Dockerfile' },
    ],
    [
      'logging: {driver: json-file, options: {max-file: 3}}',
      'logging',
      { driver: 'json-file', options: { 'max-file': '3' } },
    ],
    [
      'provider: {type: x, options: {a: 1, b: [true, c]}}',
      'provider',
      { type: 'x', options: { a: ['1'], b: ['true', 'c'] } },
    ],
    ['pull_policy: if_not_present', 'pull_policy', 'missing'],
    ['secrets: [s]', 'secrets', [{ source: 's', target: '/run/secrets/s' }]],
    ['configs: [{source: c, mode: 0440}]', 'configs', [{ source: 'c', mode: '0440' }]],
    ['configs: [{source: c, mode: "0440"}]', 'configs', [{ source: 'c', mode: '0440' }]],
    ['pre_start: [{command: migrate}]', 'pre_start', [{ command: ['migrate'], image: 'x' }]],
    [
      'blkio_config: {device_read_bps: [{path: /dev/sda, rate: 1k}]}',
      'blkio_config',
      { device_read_bps: [{ path: '/dev/sda', rate: '1024' }] },
    ],
  ])('%s', (written, key, expected) => {
    expect(service(written)[key]).toEqual(expected);
  });

  test('command and entrypoint are always there, as null', () => {
    expect(service('init: true')).toMatchObject({ command: null, entrypoint: null });
  });

  test('networks, volumes, secrets and configs get their names', () => {
    const project = load(`
name: shop
services: {web: {image: x, networks: [front], volumes: ["data:/d"]}}
networks: {front: , ext: {external: true}, own: {name: mine}}
volumes: {data: , old: {external: {name: older}}}
secrets: {s: {file: ./s}}
configs: {c: {content: "a$$b"}}
`);
    expect(refusals(project)).toEqual([]);
    expect(plain(project)).toMatchObject({
      name: 'shop',
      networks: { front: { name: 'shop_front' }, ext: { name: 'ext', external: true }, own: { name: 'mine' } },
      volumes: { data: { name: 'shop_data' }, old: { name: 'older', external: true } },
      secrets: { s: { name: 'shop_s', file: 's' } },
      configs: { c: { name: 'shop_c', content: 'a$b' } },
    });
  });

  test('the default network is there only when a service is on it', () => {
    expect(plain(load('services: {a: {image: x}}')).networks).toEqual({ default: { name: 'project_default' } });
    expect(plain(load('services: {a: {image: x, network_mode: host}}')).networks).toBeUndefined();
    expect(plain(load('services: {a: {image: x, networks: []}}')).services.a.networks).toEqual({ default: null });
  });

  test('links, shared namespaces and volumes_from imply dependencies', () => {
    const { web } = plain(
      load(
        'services: {web: {image: x, links: ["a:alias"], ipc: "service:b", volumes_from: ["c:ro", "container:d"]}, a: {image: x}, b: {image: x}, c: {image: x}}',
      ),
    ).services;
    expect(web.depends_on).toEqual({
      a: { condition: 'service_started', restart: true, required: true },
      b: { condition: 'service_started', restart: true, required: true },
      c: { condition: 'service_started', restart: false, required: true },
    });
  });

  test('a disk behind a local volume is a path too', () => {
    const project = load(
      'services: {a: {image: x}}\nvolumes: {v: {driver: local, driver_opts: {o: bind, device: ./d, type: none}}}',
      { directory: '.', files: ['compose.yaml'] },
    );
    expect(plain(project).volumes.v.driver_opts.device).toBe('d');
  });
});

describe('what the table refuses, in the words of Compose', () => {
  test.each([
    ['name: 5', 'name must be a string'],
    ['services: {a: 5}', 'services.a must be a mapping'],
    ['services: [a]', 'services must be a mapping'],
    ['services: {a: {image: [x]}}', 'services.a.image must be a string'],
    ['services: {a: {imagee: x}}', "services.a additional properties 'imagee' not allowed"],
    ['foo: 1', "additional properties 'foo' not allowed"],
    ['services: {"a b": {image: x}}', "services additional properties 'a b' not allowed"],
    ['services: {a: {image: x, environment: X=1}}', 'services.a.environment must be a mapping'],
    [
      'services: {a: {image: x, environment: {X: [1]}}}',
      'services.a.environment.X must be a boolean, null, number or string',
    ],
    ['services: {a: {image: x, ports: x}}', 'services.a.ports must be a array'],
    ['services: {a: {image: x, cgroup: x}}', "services.a.cgroup value must be one of 'host', 'private'"],
    ['services: {a: {image: x, oom_score_adj: 1001}}', 'services.a.oom_score_adj must be less than or equal to 1000'],
    ['services: {a: {image: x, depends_on: {b: {}}}}', "services.a.depends_on.b missing property 'condition'"],
    ['services: {a: {image: x, security_opt: [q, q]}}', 'services.a.security_opt items at 0 and 1 are equal'],
    [
      'services: {a: {image: x, blkio_config: {x-a: 1}}}',
      "services.a.blkio_config additional properties 'x-a' not allowed",
    ],
    ['networks: {n: x}', 'networks.n must be a mapping'],
    [
      'volumes: {v: {external: true, driver: x}}',
      'volumes.v: conflicting parameters "external" and "driver" specified',
    ],
    ['secrets: {s: {}}', 'secrets.s: one of file|environment must be set'],
    ['configs: {c: {file: a, content: b}}', 'configs.c: file|environment|content attributes are mutually exclusive'],
    ['secrets: {s: {name: a, external: {name: b}}}', 'secrets.s: name and external.name conflict; only use name'],
    [
      'services: {a: {image: x, volumes: [{type: bind, target: /t}]}}',
      'invalid mount config for type "bind": field Source must not be empty',
    ],
    [
      'services: {a: {image: x, ports: [{published: 80}]}}',
      'service ports services.a.ports[0] is missing a target port',
    ],
    ['services: {a: {image: x, stop_grace_period: soon}}', 'services.a.stop_grace_period: "soon" is no duration'],
    ['services: {a: {image: x, mem_limit: lots}}', 'services.a.mem_limit: "lots" is no size'],
    ['services: {a: {image: x, privileged: maybe}}', 'services.a.privileged: "maybe" is no boolean'],
    ['services: {a: {image: x, extra_hosts: [x]}}', 'services.a.extra_hosts: invalid additional host, missing IP: x'],
    ['[1]', 'top-level object must be a mapping'],
  ])('%s', (text, message) => {
    const words = refusals(load(text, { skip: { consistency: true } }));
    expect(words).toContain(message);
  });

  test.each([
    'x-anything: [1, {a: b}]\nservices: {a: {image: x, x-own: 1, healthcheck: {x-q: 1}, deploy: {x-q: 1}}}',
    'services: {x-a: {image: x}}',
    'services: {a: {image: x, storage_opt: {size: 1G}, gpus: [{driver: nvidia, anything: 1}]}}',
    'services: {a: {image: x, ports: [], depends_on: {}, healthcheck: {}}}',
  ])('but not %j', (text) => {
    expect(refusals(load(text))).toEqual([]);
  });

  test('an obsolete version is only warned of', () => {
    const project = load('version: "3"\nservices: {a: {image: x}}');
    expect(project.faults).toMatchObject([{ code: 'obsolete-version', refused: false, span: { start: 0, end: 7 } }]);
    expect(plain(project).version).toBeUndefined();
  });
});
