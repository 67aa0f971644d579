import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factConfidence, type ImageFacts } from '../../src/knowledge/image-facts.ts';
import { parseImageReference } from '../../src/knowledge/image-reference.ts';
import { imageFacts } from '../../src/knowledge/lookup.ts';

/** Written down by hand from Dockerfiles and documentation, not from the tables. */
const known: readonly (readonly [reference: string, facts: Partial<ImageFacts>, tools?: Record<string, unknown>])[] = [
  [
    'alpine:3.19',
    {
      os: { family: 'alpine', version: '3.19' },
      packageManager: 'apk',
      libc: 'musl',
      isBase: true,
      entrypoint: null,
      cmd: ['/bin/sh'],
      healthcheck: null,
      exposedPorts: [],
    },
    { wget: 'busybox', curl: false },
  ],
  [
    'debian:bookworm-slim',
    { os: { family: 'debian', version: '12' }, packageManager: 'apt', kind: 'base', entrypoint: null, cmd: ['bash'] },
    { curl: false, wget: false, bash: true },
  ],
  ['ubuntu:24.04', { users: [{ name: 'ubuntu', uid: 1000, gid: 1000 }], os: { family: 'ubuntu', version: '24.04' } }],
  ['ubuntu:22.04', { users: [] }],
  ['ubuntu:14.04.5', { os: { family: 'ubuntu', version: '14.04' }, confidence: 'likely' }],
  ['scratch', { shell: null, packageManager: null, libc: null }, { curl: false }],
  [
    'node:20-alpine',
    {
      defaultUser: { name: 'root', uid: 0 },
      users: [{ name: 'node', uid: 1000, gid: 1000 }],
      entrypoint: ['docker-entrypoint.sh'],
    },
    { wget: 'busybox', curl: false, node: true },
  ],
  [
    'node:22-bookworm-slim',
    { os: { family: 'debian', version: '12' } },
    { curl: false, wget: false, 'ca-certificates': false },
  ],
  ['node:22', { packageManager: 'apt' }, { curl: true, git: true }],
  ['node:lts-iron', { kind: 'language' }, { curl: true }],
  ['python:3.11-slim', { shell: '/bin/sh' }, { curl: false, wget: false, python: true }],
  ['python:3.12', {}, { curl: true }],
  ['golang:1.24-alpine3.21', { os: { family: 'alpine', version: '3.21' }, buildStageOnly: true }, { git: false }],
  [
    'php:8.3-fpm-alpine',
    { stopSignal: 'SIGQUIT', exposedPorts: ['9000/tcp'], users: [{ name: 'www-data', uid: 82, gid: 82 }] },
  ],
  ['php:8.3-apache', { stopSignal: 'SIGWINCH', exposedPorts: ['80/tcp'] }, { curl: true }],
  ['eclipse-temurin:21-jre-alpine', { libc: 'musl' }, { java: true }],
  [
    'mcr.microsoft.com/dotnet/aspnet:8.0',
    { defaultUser: { name: 'root', uid: 0 }, users: [{ name: 'app', uid: 1654, gid: 1654 }] },
    { curl: false, wget: false },
  ],
  [
    'mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled',
    { shell: null, os: { family: 'ubuntu', version: '22.04' }, defaultUser: { name: 'app', uid: 1654 } },
  ],
  [
    'postgres:16',
    { stopSignal: 'SIGINT', dataDir: '/var/lib/postgresql/data', singleWriter: true, exposedPorts: ['5432/tcp'] },
    { pg_isready: true, curl: false },
  ],
  ['postgres:16-alpine', { users: [{ name: 'postgres', uid: 70, gid: 70 }] }],
  ['postgres:18', { dataDir: '/var/lib/postgresql', volumes: ['/var/lib/postgresql'] }],
  ['pgvector/pgvector:pg17', { kind: 'database', volumes: ['/var/lib/postgresql/data'] }],
  ['mysql:8.4', { exposedPorts: ['3306/tcp', '33060/tcp'], packageManager: 'microdnf', volumes: ['/var/lib/mysql'] }],
  ['mysql:5.7', { os: { family: 'oracle' }, confidence: 'likely' }],
  ['mariadb:10.6', {}, { mysqladmin: true, 'healthcheck.sh': true }],
  ['mariadb:11.4', {}, { mysqladmin: false, mysql: false, 'healthcheck.sh': true }],
  ['mongo:7', { exposedPorts: ['27017/tcp'], volumes: ['/data/db', '/data/configdb'] }, { mongosh: true }],
  ['mongo:4.4', {}, { mongosh: false, mongo: true }],
  ['clickhouse/clickhouse-server:24.8-alpine', { kind: 'database', confidence: 'guess' }, { wget: undefined }],
  ['tomcat:9.0-jdk17-corretto', { kind: 'web', confidence: 'guess' }],
  ['redis:7-alpine', { volumes: ['/data'], secretFileEnv: [] }, { 'redis-cli': true, wget: 'busybox' }],
  ['redis:8', { volumes: [] }],
  ['redis:8.2', { volumes: ['/data'] }],
  ['memcached:1.6-alpine', { defaultUser: { name: 'memcache', uid: 11211 } }],
  ['rabbitmq:4-management', { kind: 'queue', singleWriter: true }, { 'rabbitmq-diagnostics': true }],
  ['nats:2', { shell: null, os: { family: 'none' } }, { wget: false }],
  [
    'nginx:1.27-alpine',
    { stopSignal: 'SIGQUIT', exposedPorts: ['80/tcp'], kind: 'web' },
    { curl: true, wget: 'busybox' },
  ],
  ['nginx:stable-alpine-slim', {}, { curl: false, wget: 'busybox' }],
  ['nginxinc/nginx-unprivileged:1.29', { exposedPorts: ['8080/tcp'], defaultUser: { name: 'nginx', uid: 101 } }],
  ['haproxy:3.2', { stopSignal: 'SIGUSR1', defaultUser: { name: 'haproxy', uid: 99 } }],
  ['caddy:2.10-alpine', { dataDir: '/data', volumes: [] }, { curl: false, wget: 'busybox' }],
  [
    'caddy:2.11',
    { cmd: ['caddy', 'run', '--config', '/etc/caddy/Caddyfile', '--adapter', 'caddyfile'] },
    { curl: true },
  ],
  ['grafana/loki:3.7.2', { shell: null, defaultUser: { name: 'loki', uid: 10001 } }, { wget: false }],
  ['quay.io/keycloak/keycloak:26.4', { kind: 'app' }, { curl: false, bash: true }],
  [
    'gcr.io/distroless/static-debian12',
    { shell: null, defaultUser: { name: 'root', uid: 0 }, os: { family: 'debian', version: '12' }, isBase: true },
  ],
  ['gcr.io/distroless/static-debian12:nonroot', { defaultUser: { name: 'nonroot', uid: 65532, gid: 65532 } }],
  [
    'gcr.io/distroless/nodejs22-debian13',
    { entrypoint: ['/nodejs/bin/node'], image: 'gcr.io/distroless/nodejs22-debian13' },
  ],
  [
    'gcr.io/distroless/java21-debian12:debug-nonroot',
    { shell: '/busybox/sh', defaultUser: { name: 'nonroot', uid: 65532, gid: 65532 } },
  ],
  ['cgr.dev/chainguard/wolfi-base', { defaultUser: { name: 'root', uid: 0 }, os: { family: 'wolfi' } }],
  ['cgr.dev/chainguard/anything-else:latest', { os: { family: 'wolfi' }, image: 'cgr.dev/chainguard/anything-else' }],
  ['bitnamilegacy/kafka:3.9', { defaultUser: { uid: 1001 } }],
  ['bitnami/minideb:bookworm', { isBase: true, os: { family: 'debian', version: '12' } }],
  ['traefik:v3.5', { exposedPorts: ['80/tcp'] }, { wget: 'busybox' }],
  ['flyway/flyway:11', { oneShot: true }],
  ['golang:1.24-windowsservercore-ltsc2022', { os: { family: 'windows' } }],
];

describe('facts', () => {
  test.each(known.map(([reference, facts, tools = {}]) => ({ reference, facts, tools })))('$reference', (row) => {
    const { reference, facts: expected, tools } = row;
    const facts = imageFacts(reference);
    expect(facts).toMatchObject(expected);
    for (const [name, value] of Object.entries(tools)) expect(facts?.tools?.[name], name).toBe(value);
  });

  test('HEALTHCHECK comes with a few images only', () => {
    expect(imageFacts('kong:3.9')?.healthcheck).toEqual({
      test: ['CMD-SHELL', 'kong health'],
      interval: '10s',
      timeout: '10s',
      retries: 10,
    });
    expect(imageFacts('redis:7')?.healthcheck).toBeNull();
  });

  test('caddy starts only with NET_BIND_SERVICE, and steps down nowhere', () => {
    const facts = imageFacts('caddy:2');
    expect(facts?.needsCapabilities?.names).toEqual(['NET_BIND_SERVICE']);
    expect(facts?.stepsDown).toBeUndefined();
  });

  test('postgres needs five capabilities back to give up root', () => {
    expect(imageFacts('postgres:17')?.stepsDown).toMatchObject({
      to: 'postgres',
      by: 'gosu',
      capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'],
      worksUnderNoNewPrivileges: true,
    });
  });

  test.each([
    ['bitnami/redis:7.4'],
    ['minio/minio:latest'],
    ['openjdk:17-jdk-slim'],
    ['centos:7'],
    ['vault:1.13'],
    ['grafana/grafana-oss:11.0.0'],
  ])('%s is deprecated, and something is named instead', (reference) => {
    expect(imageFacts(reference)?.deprecated).toMatchObject({ why: expect.any(String), instead: expect.any(String) });
  });
});

describe('how sure', () => {
  test('capabilities and written paths are likely, unless somebody confirmed them', () => {
    expect(factConfidence(imageFacts('postgres:16')!, 'capabilities')).toBe('certain');
    expect(factConfidence(imageFacts('mongo:8.0')!, 'capabilities')).toBe('likely');
    expect(factConfidence(imageFacts('nginx:1.30')!, 'writes')).toBe('certain');
    expect(factConfidence(imageFacts('rabbitmq:4.3')!, 'writes')).toBe('likely');
  });

  test('old lines were built from other Dockerfiles than those read', () => {
    expect(imageFacts('node:24-alpine')?.confidence).toBe('certain');
    expect(imageFacts('node:10-alpine')?.confidence).toBe('likely');
  });

  test('a digest without a tag gives what all variants share, as a guess', () => {
    const facts = imageFacts(`node@sha256:${'0'.repeat(64)}`);
    expect(facts).toMatchObject({
      image: 'node',
      kind: 'language',
      confidence: 'guess',
      entrypoint: ['docker-entrypoint.sh'],
    });
    expect(facts?.os).toBeUndefined();
    expect(facts?.tools).toBeUndefined();
  });

  test('a tag that no row knows does the same', () => {
    expect(imageFacts('node:8-onbuild')).toMatchObject({ kind: 'language', confidence: 'guess' });
  });
});

test.each([
  ['public.ecr.aws/docker/library/postgres:16'],
  ['mirror.gcr.io/library/postgres:16'],
  ['registry.hub.docker.com/library/postgres:16'],
  ['docker.io/library/postgres:16'],
  ['arm64v8/postgres:16'],
])('%s is postgres:16', (reference) => {
  expect(imageFacts(reference)).toEqual(imageFacts('postgres:16'));
});

test.each([
  ['acme/shop:1'],
  ['localhost:5000/node:20'],
  ['ghcr.io/acme/node:20'],
  ['registry.example.com/library/node'],
  ['No:1'],
  ['constructor'],
  ['__proto__'],
  ['toString/valueOf'],
])('nothing is known of %s', (reference) => {
  expect(imageFacts(reference)).toBeUndefined();
});

test('no name and no tag makes it throw', () => {
  const names = fc.constantFrom(
    'node',
    'postgres',
    'redis',
    'gcr.io/distroless/static',
    'cgr.dev/x/y',
    'bitnami/x',
    'debian',
    'a',
  );
  fc.assert(
    fc.property(names, fc.stringMatching(/^\w[\w.-]{0,127}$/), (name, tag) => {
      const facts = imageFacts(`${name}:${tag}`);
      if (facts) expect(facts.sources.length).toBeGreaterThan(0);
    }),
  );
});

test('a million look-ups take seconds at most', () => {
  const references = known.map(([reference]) => parseImageReference(reference)!);
  const started = performance.now();
  for (let round = 0; round < 200_000; round++) imageFacts(references[round % references.length]!);
  // 0.16 s a million on the machine this was written on; the limit leaves room for a busy one.
  expect(performance.now() - started).toBeLessThan(1000);
});
