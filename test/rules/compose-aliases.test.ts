import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';

/**
 * Which ids of other tools stand beside which service, where the ids of one rule differ by case. Fixtures hold places
 * and messages; these hold the promise of `aliases`: there where that tool would speak, absent where it would not.
 */
interface Row {
  readonly name: string;
  /** What stands below `services:`. */
  readonly services: string;
  readonly version?: string;
  readonly rest?: string;
  /** `alias service`. */
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: 'capabilities: none dropped, some given, given back',
    services: `
  a: { image: "a:1" }
  b: { image: "b:1", cap_drop: [ALL] }
  c: { image: "c:1", cap_drop: [NET_RAW] }
  d: { image: "d:1", cap_drop: [ALL], cap_add: [NET_BIND_SERVICE] }
  e: { image: "e:1", cap_drop: [ALL], cap_add: [SYS_ADMIN] }
  f: { image: "f:1", privileged: true }`,
    has: ['a', 'd', 'e', 'f'].map((name) => `kics:container_capabilities_unrestricted ${name}`),
    lacks: ['b', 'c'].map((name) => `kics:container_capabilities_unrestricted ${name}`),
  },
  {
    name: 'ports: any address that is written is enough',
    services: `
  a: { image: "a:1", ports: ["80:80"] }
  b: { image: "b:1", ports: [8080:8080] }
  c: { image: "c:1", ports: [{ target: 80, published: 443 }] }
  d: { image: "d:1", ports: ["0.0.0.0:80:80"] }
  e: { image: "e:1", ports: [{ target: 80, published: "8080", host_ip: 10.0.0.1 }] }
  f: { image: postgres:18, ports: ["5432:5432"] }`,
    has: ['a', 'b', 'c', 'f'].flatMap((name) => [
      `kics:container_traffic_not_bound_to_host_interface ${name}`,
      `dclint:no-unbound-port-interfaces ${name}`,
    ]),
    lacks: ['d', 'e'].flatMap((name) => [
      `kics:container_traffic_not_bound_to_host_interface ${name}`,
      `dclint:no-unbound-port-interfaces ${name}`,
    ]),
  },
  {
    name: 'ports below 1024, on either side, unless NET_BIND_SERVICE is dropped',
    services: `
  a: { image: "a:1", ports: ["22:2222"] }
  b: { image: "b:1", ports: ["8080:80"] }
  c: { image: "c:1", ports: ["443"] }
  d: { image: "d:1", ports: ["80:80", "22:22"], cap_drop: [NET_BIND_SERVICE] }
  e: { image: "e:1", ports: ["1024:1024"] }`,
    has: ['a', 'b', 'c'].map((name) => `kics:privileged_ports_mapped_in_container ${name}`),
    lacks: ['d', 'e'].map((name) => `kics:privileged_ports_mapped_in_container ${name}`),
  },
  {
    name: 'ports without quotes',
    services: `
  a:
    image: "a:1"
    ports: [8080:80]
  b:
    image: "b:1"
    expose:
      - 3000
  c:
    image: "c:1"
    ports: ["8081:80", '8082:80']
    expose: ["3000"]`,
    has: ['dclint:require-quotes-in-ports a', 'dclint:require-quotes-in-ports b'],
    lacks: ['dclint:require-quotes-in-ports c'],
  },
  {
    name: 'processes: asked for in version 2 only',
    version: '2.4',
    services: `
  a: { image: "a:1" }
  b: { image: "b:1", pids_limit: -1 }
  c: { image: "c:1", pids_limit: 100 }`,
    has: ['kics:pids_limit_not_set a', 'kics:pids_limit_not_set b'],
    lacks: ['kics:pids_limit_not_set c'],
  },
  {
    name: 'processes, in version 3',
    version: '3.8',
    services: '\n  a: { image: "a:1" }',
    lacks: ['kics:pids_limit_not_set a'],
  },
  {
    name: 'memory and processors in version 3',
    version: '3',
    services: `
  a: { image: "a:1" }
  b: { image: "b:1", deploy: { resources: { limits: { cpus: "0.5" } } } }
  c: { image: "c:1", deploy: { resources: { limits: { memory: 50M }, reservations: { cpus: "0.1" } } } }
  d: { image: "d:1", deploy: { resources: { limits: { memory: 50M, cpus: "1" } } } }
  e: { image: "e:1", cpuset: "0,1" }`,
    has: [
      'kics:memory_not_limited a',
      'kics:cpus_not_limited a',
      'kics:memory_not_limited b',
      'kics:cpus_not_limited c',
      'kics:cpus_not_limited e',
    ],
    lacks: [
      'kics:cpus_not_limited b',
      'kics:memory_not_limited c',
      'kics:memory_not_limited d',
      'kics:cpus_not_limited d',
    ],
  },
  {
    name: 'security options: none, others, the right one; semgrep asks for an image',
    version: '3',
    services: `
  a: { image: "a:1" }
  b: { image: "b:1", security_opt: ["seccomp:unconfined"] }
  c: { image: "c:1", security_opt: ["no-new-privileges:true"], read_only: true }
  d: { build: ./d, security_opt: ["label:disable"] }
  e: { image: "e:1", security_opt: ["label:disable"], read_only: false }`,
    has: [
      'kics:security_opt_not_set a',
      'semgrep:no-new-privileges a',
      'semgrep:writable-filesystem-service a',
      'kics:no_new_privileges_not_set b',
      'kics:default_seccomp_profile_disabled b',
      'semgrep:seccomp-confinement-disabled b',
      'kics:no_new_privileges_not_set d',
      'semgrep:selinux-separation-disabled e',
      'semgrep:writable-filesystem-service e',
    ],
    lacks: [
      'kics:no_new_privileges_not_set a',
      'kics:security_opt_not_set b',
      'kics:security_opt_not_set c',
      'kics:no_new_privileges_not_set c',
      'semgrep:no-new-privileges c',
      'semgrep:writable-filesystem-service c',
      'semgrep:no-new-privileges d',
      'semgrep:writable-filesystem-service d',
      'semgrep:selinux-separation-disabled d',
    ],
  },
  {
    name: "the engine's socket: short, long, read-only, without a source",
    services: `
  a: { image: "a:1", volumes: [/var/run/docker.sock:/var/run/docker.sock] }
  b: { image: "b:1", volumes: ["/run/docker.sock:/run/docker.sock:ro"] }
  c: { image: "c:1", volumes: [{ type: bind, source: /run/docker.sock, target: /x, read_only: true }] }
  d: { image: "d:1", volumes: [/var/run/docker.sock] }
  e: { image: "e:1", volumes: ["./docker:/docker"] }`,
    has: [
      ...['a', 'b', 'd'].map((name) => `kics:docker_socket_mounted_in_container ${name}`),
      ...['a', 'b', 'c'].map((name) => `kics:volume_has_sensitive_host_directory ${name}`),
      ...['a', 'c', 'd'].map((name) => `semgrep:exposing-docker-socket-volume ${name}`),
    ],
    lacks: [
      'semgrep:exposing-docker-socket-volume b',
      'kics:volume_has_sensitive_host_directory d',
      'kics:docker_socket_mounted_in_container e',
      'semgrep:exposing-docker-socket-volume e',
    ],
  },
  {
    name: "the host's directories, dangerous or not; no volume without a source",
    services: `
  a: { image: "a:1", volumes: ["/etc/passwd:/etc/passwd:ro"] }
  b: { image: "b:1", volumes: [{ type: bind, source: /home/me, target: /me }] }
  c: { image: "c:1", volumes: ["data:/data"] }
  d: { image: "d:1", volumes: [/var/lib/mysql, "./etc:/etc", "/opt/x:/x", "w:/home"] }`,
    rest: 'volumes: { data: { driver_opts: { type: none, o: bind, device: /var/data } }, w: { driver_opts: { type: nfs, device: ":/srv" } } }',
    has: ['a', 'b', 'c'].map((name) => `kics:volume_has_sensitive_host_directory ${name}`),
    lacks: ['kics:volume_has_sensitive_host_directory d'],
  },
  {
    name: 'volumes that several services have',
    services: `
  a: { image: "a:1", volumes: ["data:/data", "./x:/x:ro"] }
  b: { image: "b:1", volumes: ["data:/data", "own:/own"] }
  c: { image: "c:1", volumes: ["./x:/x:ro"] }
  d: { image: "d:1", volumes_from: [a] }`,
    rest: 'volumes: { data: {}, own: {} }',
    has: ['a', 'b', 'd'].map((name) => `kics:shared_volumes_between_containers ${name}`),
    lacks: ['kics:shared_volumes_between_containers c'],
  },
  {
    name: 'networks: none named, some, the host',
    services: `
  a: { image: "a:1" }
  b: { image: "b:1", networks: [n] }
  c: { image: "c:1", networks: { n: { aliases: [x] } } }
  d: { image: "d:1", network_mode: host }
  e: { image: "e:1", network_mode: bridge }`,
    rest: 'networks: { n: {} }',
    has: [...['a', 'd', 'e'].map((name) => `kics:networks_not_set ${name}`), 'kics:shared_host_network_namespace d'],
    lacks: ['kics:networks_not_set b', 'kics:networks_not_set c', 'kics:shared_host_network_namespace e'],
  },
  {
    name: 'restarts: any count but 5',
    services: `
  a: { image: "a:1", restart: "on-failure:3" }
  b: { image: "b:1", restart: "on-failure:5" }
  c: { image: "c:1", restart: on-failure }
  d: { image: "d:1", deploy: { restart_policy: { condition: on-failure, max_attempts: 3, window: 120s } } }
  e: { image: "e:1", deploy: { restart_policy: { condition: on-failure, max_attempts: 5 } } }
  f: { image: "f:1", deploy: { restart_policy: { condition: any, max_attempts: 3 } } }`,
    has: ['a', 'd'].map((name) => `kics:restart_policy_on_failure_not_set_to_5 ${name}`),
    lacks: ['b', 'c', 'e', 'f'].map((name) => `kics:restart_policy_on_failure_not_set_to_5 ${name}`),
  },
  {
    name: 'health checks: none, switched off, there',
    services: `
  a: { image: "a:1" }
  b: { image: "b:1", healthcheck: { disable: true } }
  c: { image: "c:1", healthcheck: { test: [NONE] } }
  d: { image: "d:1", healthcheck: { test: [CMD, /ready] } }`,
    has: ['a', 'b', 'c'].map((name) => `kics:healthcheck_not_set ${name}`),
    lacks: ['kics:healthcheck_not_set d'],
  },
  {
    name: 'tags, of images that are pulled and built',
    services: `
  a: { image: nginx }
  b: { image: "nginx:stable" }
  c: { image: "localhost:5000/app" }
  d: { image: shop/app, build: . }
  e: { image: "nginx:1.31" }
  f: { image: "shop/app:1.4", build: ., pull_policy: build }
  h: { image: "redis:alpine" }
  g: { image: "nginx@sha256:${'a'.repeat(64)}" }`,
    has: [...['a', 'b', 'c', 'd'].map((name) => `dclint:service-image-require-explicit-tag ${name}`)],
    lacks: [
      ...['e', 'f', 'g', 'h'].map((name) => `dclint:service-image-require-explicit-tag ${name}`),
      'dclint:no-build-and-image f',
    ],
  },
  {
    name: 'names of containers',
    services: `
  a: { image: "a:1", container_name: web }
  b: { image: "b:1", container_name: web }
  c: { image: "c:1", container_name: "my app" }`,
    has: ['dclint:no-duplicate-container-names b', 'dclint:service-container-name-regex c'],
    lacks: ['dclint:no-duplicate-container-names c', 'dclint:service-container-name-regex a'],
  },
];

test.each(rows)('$name', async ({ services, version, rest, has = [], lacks = [] }) => {
  const head = version === undefined ? '' : `version: "${version}"\n`;
  const text = `${head}services:${services}\n${rest ?? ''}\n`;
  const { findings } = await check(
    { files: { 'compose.yaml': text } },
    { optIn: ['all'], config: false, today: '2026-11-21' },
  );
  const said = new Set(findings.flatMap(({ aliases, service }) => aliases.map((alias) => `${alias} ${service ?? ''}`)));
  expect(has.filter((pair) => !said.has(pair))).toEqual([]);
  expect(lacks.filter((pair) => said.has(pair))).toEqual([]);
});

test.each([
  ['broken YAML', 'services:\n  a:\n    image: "x\n', 'dclint:invalid-yaml', 'dclint:invalid-schema'],
  ['a key twice', 'services:\n  a:\n    image: x\n    image: y\n', 'dclint:invalid-yaml', 'dclint:invalid-schema'],
  ['an unknown key', 'services:\n  a:\n    imag: x\n', 'dclint:invalid-schema', 'dclint:invalid-yaml'],
])('%s', async (_, text, has, lacks) => {
  const { findings } = await check({ files: { 'compose.yaml': text } }, { config: false });
  const said = findings.flatMap(({ aliases }) => aliases);
  expect(said).toContain(has);
  expect(said).not.toContain(lacks);
});
