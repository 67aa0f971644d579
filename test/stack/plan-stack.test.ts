import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../src/read/files-memory.ts';
import { readProject } from '../../src/model/read-project.ts';
import { planStack } from '../../src/stack/plan-stack.ts';
import { SeaworthyError } from '../../src/vocabulary/error.ts';
import { builds } from './builds.ts';
import { folder, planned, projectIn, web } from './planned.ts';

function refusal(run: () => unknown): SeaworthyError {
  try {
    run();
  } catch (error) {
    if (error instanceof SeaworthyError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const files = {
  Dockerfile: 'FROM scratch AS top\n',
  'api/Dockerfile': 'FROM scratch AS api\n',
};

describe('builds', () => {
  test.each(builds)('$yaml', ({ yaml, top = '', plan }) => {
    const compose = `services:\n  web:\n    build: {${yaml}}\n${top}\n`;
    const env = { HOME: '/home/someone' };
    expect(planned({ 'compose.yaml': compose, ...files }, { env }).services[0]?.image.build).toMatchObject(plan);
  });

  test('are called for project and service, or for the image', () => {
    const of = (lines: string) => planned({ 'compose.yaml': `services:\n  web: {${lines}}\n`, ...files }).services[0];
    expect(of('build: .')?.image.name).toBe('shop-web');
    expect(of('build: ., image: "shop/web:2"')?.body.Image).toBe('shop/web:2');
  });

  test('of what is not there are refused', () => {
    const of = (context: string) => () =>
      planned({ 'compose.yaml': `services:\n  web:\n    build: ${context}\n`, ...files });
    expect(refusal(of('./gone')).message).toContain('compose.yaml:3: "web" cannot be built');
    expect(refusal(of('{context: ., dockerfile: Gonefile}')).message).toContain('Gonefile');
  });
});

describe('what cannot be started faithfully is refused by name, with its line', () => {
  test.each([
    ['provider: {type: vpn}', 'services.web.provider'],
    ['models: [llm]', 'services.web.models'],
    ['use_api_socket: true', 'services.web.use_api_socket'],
    ['credential_spec: {file: x.json}', 'services.web.credential_spec'],
    ['pre_start: [{command: [migrate]}]', 'services.web.pre_start'],
    ['build: {context: ., secrets: [kept]}', 'the secret "kept" is external'],
    ['build: {context: ., ssh: [default]}', 'services.web.build.ssh'],
    ['build: {context: ., additional_contexts: {a: ./api}}', 'services.web.build.additional_contexts'],
    ['build: {context: ., entitlements: [network.host]}', 'services.web.build.entitlements'],
    ['build: {context: ., privileged: true}', 'services.web.build.privileged'],
    ['build: {context: ., isolation: hyperv}', 'services.web.build.isolation'],
    ['build: {context: ., no_cache_filter: [top]}', 'services.web.build.no_cache_filter'],
    ['build: {context: ., platforms: [linux/amd64, linux/arm64]}', 'services.web.build.platforms'],
    ['build: "https://github.com/example/shop.git"', 'services.web.build.context'],
    ['secrets: [kept]', 'the secret "kept" is external'],
    ['secrets: [unset]', 'the secret "unset" is taken from the variable NOBODY_SET_THIS, which is not set'],
    ['configs: [kept]', 'the config "kept" is external'],
    ['security_opt: ["seccomp=gone.json"]', 'the seccomp profile "gone.json" cannot be read'],
    ['security_opt: ["seccomp=Dockerfile"]', 'the seccomp profile "Dockerfile" is not JSON'],
  ])('%s', (lines, says) => {
    const top = `
secrets: {token: {file: ./t}, kept: {external: true}, unset: {environment: NOBODY_SET_THIS}}
configs: {kept: {external: true}}
models: {llm: {model: ai/x}}`;
    const compose = `services:\n  web:\n    image: alpine:3\n    ${lines}\n${top}\n`;
    const error = refusal(() => planned({ 'compose.yaml': compose, ...files }));
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain(says);
    expect(error.message).toMatch(/^compose\.yaml:4: /);
  });

  test('what asks for nothing is not', () => {
    const lines = 'use_api_socket: false\nmodels: []\npre_start: []';
    expect(web(lines).name).toBe('web');
  });

  test('what changes nothing of what runs is told, and left out', () => {
    const compose =
      'services:\n  web:\n    build:\n      context: .\n      cache_to: [type=local]\n      sbom: true\n      provenance: false\n';
    expect(planned({ 'compose.yaml': compose, ...files }).leftOut).toEqual([
      'compose.yaml:5: services.web.build.cache_to is left out: caches are not exported',
      'compose.yaml:6: services.web.build.sbom is left out: nothing is attested',
    ]);
  });

  test('so is what Compose itself refuses, and files that lie nowhere', () => {
    expect(refusal(() => planned('services:\n  web: {}\n')).message).toContain('compose.yaml:2: Compose refuses this');
    const nowhere = memoryFiles({ 'compose.yaml': 'services: {web: {image: x}}' });
    expect(refusal(() => planStack(readProject(nowhere, { today: '2026-11-21' }))).code).toBe('unsupported');
  });

  test('a stand-in takes the place of what cannot be had', () => {
    const top = 'secrets: {kept: {external: true}, unset: {environment: NOBODY_SET_THIS}}';
    const plan = web('secrets: [kept, {source: unset, target: /a, mode: 0400, uid: "5"}]', top, {
      standIn: (kind, key) => `${kind} ${key}`,
    });
    expect(plan.files).toEqual([
      { kind: 'secret', key: 'kept', target: '/run/secrets/kept', text: 'secret kept', mode: 0o444, uid: 0, gid: 0 },
      { kind: 'secret', key: 'unset', target: '/a', text: 'secret unset', mode: 0o400, uid: 5, gid: 0 },
    ]);
  });
});

describe('which services, in which order', () => {
  const shop = `
services:
  web: {image: x, depends_on: [api]}
  worker: {image: x, depends_on: {db: {condition: service_healthy}, cache: {condition: service_started, required: false}}}
  api: {image: x, depends_on: {migrate: {condition: service_completed_successfully}}}
  migrate: {image: x, depends_on: [db]}
  db: {image: x, healthcheck: {test: [CMD, "true"]}, volumes: ["data:/data"], networks: [back]}
  cache: {image: x, profiles: [full]}
networks: {back: {}, unused: {}}
volumes: {data: {}, unused: {}}
`;

  test('those that others wait for come first', () => {
    const names = planned(shop).services.map(({ name }) => name);
    expect(names).toEqual(['db', 'migrate', 'api', 'web', 'worker']);
  });

  test('some, and what they need; of networks and volumes those that are used', () => {
    const plan = planned(shop, { services: ['migrate'] });
    expect(plan.services.map(({ name }) => name)).toEqual(['db', 'migrate']);
    expect(plan.networks.map(({ name }) => name)).toEqual(['shop_back', 'shop_default']);
    expect(plan.volumes.map(({ name }) => name)).toEqual(['shop_data']);
  });

  test('a dependency that need not be there, and is not, is nobody waited for', () => {
    const worker = planned(shop).services.find(({ name }) => name === 'worker');
    expect(worker?.dependsOn).toEqual([{ service: 'db', condition: 'service_healthy', required: true }]);
  });

  test('one that is not there, or asleep, is refused', () => {
    expect(refusal(() => planned(shop, { services: ['wep'] })).message).toBe('There is no service "wep"');
    const asleep = refusal(() => planned(shop, { services: ['cache'] }));
    expect([asleep.code, asleep.hint]).toEqual(['unknown-service', 'Ask for one of its profiles: full.']);
  });
});

describe('names', () => {
  const compose = `
name: shop
services:
  web: {image: x, scale: 2, networks: [front, own, out], volumes: ["data:/a", "kept:/b"]}
  fixed: {image: x, container_name: the-one}
  none: {image: x, scale: 0}
networks: {front: {}, own: {name: mine}, out: {external: true}}
volumes: {data: {}, kept: {external: true, name: store}}
`;

  test('another project name changes those that are made of it, and no others', () => {
    const { networks, volumes, services } = planned(compose, { projectName: 'trial' });
    const names = [...networks, ...volumes].map(({ name, external }) => `${name}${external ? ' (external)' : ''}`);
    expect(names).toEqual(['trial_front', 'mine', 'out (external)', 'trial_default', 'trial_data', 'store (external)']);
    expect(services.map((one) => one.containerNames)).toEqual([['trial-web-1', 'trial-web-2'], ['the-one'], []]);
    const [first] = services;
    expect(first?.body.HostConfig.NetworkMode).toBe('trial_front');
    expect(first?.body.HostConfig.Mounts?.map(({ Source }) => Source)).toEqual(['trial_data', 'store']);
  });

  test('a lone Dockerfile is built and run as it is', () => {
    const plan = planStack(projectIn({ 'apps/api/Dockerfile': 'FROM scratch\nSTOPSIGNAL SIGINT\n' }));
    expect(plan.services).toMatchObject([
      {
        name: 'apps-api',
        containerNames: ['shop-apps-api-1'],
        image: { name: 'shop-apps-api', build: { context: `${folder}/apps/api`, dockerfile: 'Dockerfile' } },
        networks: [{ name: 'shop_default', settings: { Aliases: ['apps-api'] } }],
        stopSignal: 'SIGINT',
        stopGraceMs: 10_000,
      },
    ]);
  });
});

test('whoever asks to be told goes without a service that cannot be started', () => {
  const told: string[] = [];
  const plan = planned(
    'services:\n  web: {image: x}\n  ai: {provider: {type: model}, networks: [n]}\nnetworks: {n: {}}\n',
    { onRefused: (name, error) => told.push(`${name}: ${error.code}`) },
  );
  expect(plan.services.map(({ name }) => name)).toEqual(['web']);
  expect(plan.networks.map(({ key }) => key)).toEqual(['default']);
  expect(told).toEqual(['ai: unsupported']);
});
