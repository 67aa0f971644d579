import { describe, expect, test } from 'vitest';
import { inWorld, neededBy } from '../../../src/drills/isolate/in-world.ts';
import { mountsOf } from '../../../src/drills/isolate/mounted.ts';
import type { ServicePlan } from '../../../src/stack/plan.ts';
import { type Asked, isolated, notes, service } from './isolated.ts';

const app = (lines: string, rest = '') =>
  `services:\n  app:\n    image: app\n${lines.replace(/^(?=.)/gm, '    ')}\n${rest}`;
/** Volumes it mounts, whichever form the planner gives them. */
const volumesOf = ({ body }: ServicePlan) =>
  mountsOf(body).flatMap(({ kind, source, target }) => (kind === 'volume' ? [`${source}:${target}`] : []));
const host = (compose: string, asked: Asked = {}) => service(isolated(compose, asked).plan).body.HostConfig;

describe('what a service is given', () => {
  test('ports of its own, on this machine alone', () => {
    const made = isolated(app('ports: ["80:80", "0.0.0.0:8443:443", "53:53/udp", "[::1]:81:80"]'));
    const free = [{ HostIp: '127.0.0.1', HostPort: '' }];
    expect(service(made.plan).body.HostConfig.PortBindings).toEqual({
      '80/tcp': free,
      '443/tcp': free,
      '53/udp': free,
    });
    expect(service(made.plan).body.ExposedPorts).toEqual({ '80/tcp': {}, '443/tcp': {}, '53/udp': {} });
    expect(notes(made, 'port')).toContain('0.0.0.0:8443:443/tcp → a free port of 127.0.0.1');
    expect(notes(made, 'port')).toHaveLength(4);
  });

  test('namespaces of its own', () => {
    const made = isolated(app('network_mode: host\npid: host\nipc: host\nuts: host\nuserns_mode: host\ncgroup: host'));
    const { body, networks } = service(made.plan);
    for (const mode of ['PidMode', 'IpcMode', 'UTSMode', 'UsernsMode', 'CgroupnsMode'])
      expect(body.HostConfig[mode]).toBeUndefined();
    expect(body.HostConfig.NetworkMode).toBe('seaworthy-1234abcd-default');
    expect(networks).toEqual([
      { key: 'default', name: 'seaworthy-1234abcd-default', settings: { Aliases: ['app', 'shop-app-1'] } },
    ]);
    expect(made.plan.networks).toMatchObject([{ name: 'seaworthy-1234abcd-default', external: false }]);
    expect(notes(made, 'host-network')).toEqual(["network_mode: host → the drill's own default network"]);
    expect(notes(made, 'host-pid')).toHaveLength(1);
  });

  test.each(['none', 'service:other'])('network_mode: %s stays', (mode) => {
    const { plan } = isolated(app(`network_mode: ${mode}`, '  other: {image: o}\n'));
    expect(service(plan).body.HostConfig.NetworkMode).toBe(mode);
    expect(service(plan).networks).toEqual([]);
  });

  test("neither the engine's bridge nor a network of others", () => {
    for (const mode of ['bridge', 'proxy-net'])
      expect(host(app(`network_mode: ${mode}`)).NetworkMode).toBe('seaworthy-1234abcd-default');
  });

  test('what it does not take from others', () => {
    const made = host(app('cgroup_parent: web.slice\noom_kill_disable: true\noom_score_adj: -500\nmem_limit: 64m'));
    expect(made['CgroupParent']).toBeUndefined();
    expect(made['OomScoreAdj']).toBeUndefined();
    expect(made).toMatchObject({ OomKillDisable: false, Memory: 64 * 2 ** 20 });
    expect(host(app('oom_score_adj: 500'))['OomScoreAdj']).toBe(500);
  });

  test('nobody of the host under the name of the gateway', () => {
    const lines = 'extra_hosts: ["host.docker.internal:host-gateway", "mail:10.0.0.9"]';
    expect(host(app(lines))['ExtraHosts']).toEqual(['host.docker.internal:127.0.0.1', 'mail:10.0.0.9']);
  });

  test('logs that stay with it', () => {
    const options = 'options: {max-size: 1m, fluentd-address: "logs:24224", tag: t}';
    const sent = isolated(app(`logging: {driver: fluentd, ${options}}`));
    expect(service(sent.plan).body.HostConfig.LogConfig).toEqual({
      Type: 'json-file',
      Config: { 'max-size': '1m', tag: 't' },
    });
    expect(notes(sent, 'logging')).toEqual(['fluentd → json-file']);
    expect(host(app('logging: {driver: journald}')).LogConfig?.Type).toBe('json-file');
    expect(host(app('logging: {driver: local, options: {max-size: 1m}}')).LogConfig).toEqual({
      Type: 'local',
      Config: { 'max-size': '1m' },
    });
    expect(host(app('')).LogConfig).toBeUndefined();
    const fromEngine = isolated(app(''), { loggingDriver: 'gelf' });
    expect(service(fromEngine.plan).body.HostConfig.LogConfig?.Type).toBe('json-file');
    expect(notes(fromEngine, 'logging')).toEqual(["gelf, the engine's default → json-file"]);
  });

  test('no label or variable by which others would find it', () => {
    const labels = [
      'traefik.http.routers.a.rule',
      'caddy',
      'caddy_1.tls',
      'com.docker.compose.project',
      'autoheal',
      'mine',
    ];
    const made = isolated(
      app(
        `labels: {${labels.map((name) => `"${name}": x`).join(', ')}}\nenvironment: {VIRTUAL_HOST: shop.example, LETSENCRYPT_HOST: shop.example, VIRTUAL: "1"}`,
      ),
    );
    const { Labels, Env } = service(made.plan).body;
    expect(Labels).toEqual({ mine: 'x', 'traefik.enable': 'false', 'com.centurylinklabs.watchtower.enable': 'false' });
    // A name alone takes the image's own value away.
    expect(Env).toEqual(['VIRTUAL_HOST', 'LETSENCRYPT_HOST', 'VIRTUAL=1']);
    expect(notes(made, 'label')).toContain('caddy, caddy_1.tls → left out: Caddy acts upon them');
    expect(JSON.stringify(made.standIns)).not.toContain('shop.example');
  });

  test('one container, which its names lead to', () => {
    const { plan } = isolated(app('deploy: {replicas: 2}'));
    expect(service(plan).containerNames).toEqual(['seaworthy-1234abcd-app']);
    expect(service(plan).networks[0]?.settings['Aliases']).toEqual(['app', 'shop-app-1', 'shop-app-2']);
    const named = isolated(app('container_name: the-app'));
    expect(service(named.plan).containerNames).toEqual(['seaworthy-1234abcd-app']);
    expect(service(named.plan).networks[0]?.settings['Aliases']).toEqual(['app', 'the-app']);
  });
});

describe('images', () => {
  const files = { Dockerfile: 'FROM scratch\n' };
  const compose =
    'services:\n  App:\n    build: {context: ., tags: [shop/app:prod], pull: true, labels: {traefik.enable: "true", a: b}}\n    image: shop/app\n    pull_policy: always\n' +
    '  app: {build: .}\n  worker: {image: shop/app}\n  db: {image: db, pull_policy: always}\n  fresh: {image: f, pull_policy: daily}\n';

  test('are built under names of the run, and no name of the user is moved', () => {
    const { plan } = isolated(compose, { files });
    const image = (name: string) => service(plan, name).image;
    expect(image('App').name).toBe('seaworthy-drill-1234abcd-app');
    expect(image('App').build).toMatchObject({ tags: [], pull: false, labels: { a: 'b' } });
    expect(image('app').name).toBe('seaworthy-drill-1234abcd-app-2');
    expect(image('worker')).toEqual(image('App'));
    expect(service(plan, 'worker').body.Image).toBe('seaworthy-drill-1234abcd-app');
    expect(image('db')).toMatchObject({ name: 'db', pull: 'missing' });
    expect(image('fresh')).toEqual({ name: 'f', platform: undefined, pull: 'missing', build: undefined });
  });
});

describe('networks', () => {
  const on = (network: string, endpoint = '{}') =>
    app(`networks: {net: ${endpoint}}`, `networks:\n  net: ${network}\n`);

  test.each([
    ['{external: true, name: proxy}', 'external network proxy → a fresh bridge, with nobody else on it'],
    ['{external: true, name: host}', 'external network host → a fresh bridge, with nobody else on it'],
    ['{driver: macvlan, driver_opts: {parent: eth0}}', 'net, driver macvlan → a fresh bridge'],
    ['{driver: overlay, attachable: true}', 'net, driver overlay → a fresh bridge'],
    ['{driver_opts: {com.docker.network.bridge.name: br0}}', 'net, com.docker.network.bridge.name → left out'],
  ])('%s', (network, note) => {
    const made = isolated(on(network));
    expect(notes(made, 'network')).toEqual([note]);
    expect(made.plan.networks).toEqual([{ key: 'net', name: 'seaworthy-1234abcd-net', external: false, body: {} }]);
    expect(service(made.plan).body.HostConfig.NetworkMode).toBe('seaworthy-1234abcd-net');
  });

  test('keep what concerns nobody else', () => {
    const made = isolated(on('{internal: true, driver_opts: {com.docker.network.driver.mtu: "1400"}, labels: {a: b}}'));
    expect(made.plan.networks[0]?.body).toEqual({
      Internal: true,
      Options: { 'com.docker.network.driver.mtu': '1400' },
      Labels: { a: 'b' },
    });
    expect(notes(made, 'network')).toEqual([]);
  });

  test('have addresses of their own', () => {
    const made = isolated(
      on(
        '{ipam: {config: [{subnet: 10.9.0.0/24}]}}',
        '{ipv4_address: 10.9.0.5, mac_address: "02:00:00:00:00:01", aliases: [api]}',
      ).replace('image: app', 'image: app\n    mac_address: "02:00:00:00:00:02"'),
    );
    expect(made.plan.networks[0]?.body).toEqual({});
    expect(service(made.plan).networks[0]?.settings).toEqual({ Aliases: ['app', 'api', 'shop-app-1'] });
    expect(service(made.plan).body['MacAddress']).toBeUndefined();
    expect(notes(made, 'address').map((note) => note.split(' → ')[0])).toEqual([
      'net, 10.9.0.5',
      'net, mac_address 02:00:00:00:00:01',
      'mac_address 02:00:00:00:00:02',
      'net, 10.9.0.0/24',
    ]);
  });

  test('of IPv6 have a subnet that no other world has', () => {
    const { plan } = isolated(on('{enable_ipv6: true}'));
    const subnet = (world: string) => JSON.stringify(inWorld(plan, world, new Set(['app'])).networks[0]?.body['IPAM']);
    expect(subnet('a-1')).toMatch(/"fd[0-9a-f]{2}(?::[0-9a-f]{4}){3}::\/64"/);
    expect(new Set(['a-1', 'a-2', 'b-1', 'b-2'].map(subnet)).size).toBe(4);
    expect(subnet('a-1')).toBe(subnet('a-1'));
  });

  test('have no links to containers of others', () => {
    const { plan } = isolated(app('links: [db]\nexternal_links: [real_db:olddb]', '  db: {image: db}\n'));
    expect(service(plan).networks[0]?.settings['Links']).toEqual(['service:db:db']);
    expect(service(plan).body.HostConfig['Links']).toEqual(['service:db:db']);
  });
});

describe('volumes', () => {
  const of = (volume: string) => isolated(app('volumes: [data:/data]', `volumes:\n  data: ${volume}\n`));

  test.each([
    ['{}', 'shop_data → an empty throwaway volume'],
    ['{name: prod-data}', 'prod-data → an empty throwaway volume'],
    ['{external: true, name: prod}', 'external volume prod → an empty throwaway volume'],
    ['{driver: rexray}', 'data, driver rexray → an empty throwaway volume'],
    ['{driver_opts: {type: nfs, o: addr=10.0.0.1, device: ":/x"}}', 'data, :/x → an empty throwaway volume'],
    ['{driver_opts: {type: none, o: bind, device: /srv/real}}', 'data, /srv/real → an empty throwaway volume'],
  ])('%s', (volume, note) => {
    const made = of(volume);
    expect(notes(made, 'volume')).toEqual([note]);
    expect(made.plan.volumes).toEqual([{ key: 'data', name: 'seaworthy-1234abcd-data', external: false, body: {} }]);
    expect(volumesOf(service(made.plan))).toEqual(['seaworthy-1234abcd-data:/data']);
  });

  test('in memory stay in memory', () => {
    const { plan } = of('{driver_opts: {type: tmpfs, device: tmpfs, o: size=1m}}');
    expect(plan.volumes[0]?.body).toEqual({
      Driver: 'local',
      DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' },
    });
  });

  test('have the folders that mounts name', () => {
    const { copies, plan } = isolated(
      app('volumes: [{type: volume, source: data, target: /a, volume: {subpath: a/b}}]', 'volumes: {data: {}}\n'),
    );
    expect(copies).toEqual([{ volume: 'data', scope: 'world', items: [{ kind: 'folder', name: 'a/b' }] }]);
    expect(service(plan).body.HostConfig.Mounts?.[0]).toMatchObject({ Source: 'seaworthy-1234abcd-data' });
  });
});

describe('a world', () => {
  const compose =
    'services:\n  app: {image: a, depends_on: [db], volumes: ["data:/d", "./etc:/etc/app:ro", "./up:/up"], networks: [front, back], links: [cache]}\n' +
    '  db: {image: d, volumes: [{type: volume, source: data, target: /d}], networks: [back]}\n' +
    '  cache: {image: c, networks: [back]}\n  side: {image: s, network_mode: "service:app"}\n  lone: {image: l}\n' +
    'networks: {front: {}, back: {}}\nvolumes: {data: {}}\n';
  const machine = { '/srv/shop/etc': 'directory', '/srv/shop/up': 'directory' } as const;
  const { plan } = isolated(compose, { machine });

  test('has names of its own for all that is made', () => {
    const world = inWorld(plan, 'w-1', new Set(['app', 'db']));
    expect(world.services.map(({ containerNames }) => containerNames)).toEqual([['w-1-db'], ['w-1-app']]);
    expect(world.networks.map(({ name }) => name).sort()).toEqual(['w-1-back', 'w-1-front']);
    // What is only read is one copy for the whole run.
    expect(world.volumes.map(({ name, external }) => [name, external])).toEqual([
      ['w-1-data', false],
      ['seaworthy-1234abcd-binds-1', true],
      ['w-1-binds-2', false],
    ]);
    const copies = ['seaworthy-1234abcd-binds-1:/etc/app', 'w-1-binds-2:/up'];
    expect(volumesOf(service(world))).toEqual([...copies, 'w-1-data:/d']);
    expect(volumesOf(service(world, 'db'))).toEqual(['w-1-data:/d']);
    expect(service(world).networks.map(({ name }) => name)).toEqual(['w-1-back', 'w-1-front']);
    // The link to who is not there is gone.
    expect(JSON.stringify(service(world))).not.toContain('cache');
  });

  test('has nothing of what its services do not use', () => {
    const world = inWorld(plan, 'w-2', new Set(['lone']));
    expect(world.volumes).toEqual([]);
    expect(world.networks.map(({ name }) => name)).toEqual(['w-2-default']);
  });

  test('shares no name with another, or with the real one', () => {
    const everything = new Set(plan.services.map(({ name }) => name));
    const namesOf = (world: ReturnType<typeof inWorld>) => [
      ...world.networks.map(({ name }) => name),
      ...world.volumes.filter(({ external }) => !external).map(({ name }) => name),
      ...world.services.flatMap(({ containerNames }) => containerNames),
    ];
    const real = isolated(compose, { machine }).real;
    const all = [inWorld(plan, 'w-1', everything), inWorld(plan, 'w-2', everything), real].flatMap(namesOf);
    expect(new Set(all).size).toBe(all.length);
  });

  test('is asked for with all that its service needs', () => {
    expect([...neededBy(plan, 'side')].sort()).toEqual(['app', 'cache', 'db', 'side']);
    expect([...neededBy(plan, 'db')]).toEqual(['db']);
    expect(() => inWorld(plan, 'w', new Set(['side']))).toThrow('cannot be made without "app"');
  });

  test('and with what its environment names as a host, unless that is refused', () => {
    const named = isolated(
      'services:\n  app: {image: a, environment: {DATABASE_URL: "postgres://app@db:5432/x", NOTE: cache}}\n' +
        '  db: {image: d, environment: {PEER_HOST: app}}\n  cache: {image: c}\n',
    ).plan;
    expect([...neededBy(named, 'app')].sort()).toEqual(['app', 'db']);
    expect([...neededBy(named, 'app', new Map([['db', 'it is privileged']]))]).toEqual(['app']);
  });
});
