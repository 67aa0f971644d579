import { describe, expect, test } from 'vitest';
import { project } from './reading.ts';

/** What the first service of these is for. */
const role = (services: string, files: Readonly<Record<string, string>> = {}) =>
  project({ 'compose.yaml': `services:\n${services}`, ...files }).services[0]!.role;

describe('one-shots', () => {
  test.each([
    [
      'another waits for it',
      '  a: { image: x }\n  b: { image: y, depends_on: { a: { condition: service_completed_successfully } } }\n',
    ],
    ['deployed as a job', '  a: { image: x, deploy: { mode: replicated-job } }\n'],
    ['named so', '  migrate: { image: x }\n'],
    ['named so, in parts', '  app-db-init: { image: x }\n'],
    ['by its command', '  a: { image: x, command: npx prisma migrate deploy }\n'],
    ['by its command in a shell', '  a: { image: x, command: sh -c "alembic upgrade head" }\n'],
    ['behind an entrypoint script', '  a: { image: x, entrypoint: /docker-entrypoint.sh, command: rake db:migrate }\n'],
    ['a client’s image', '  a: { image: minio/mc }\n'],
    ['saying hello, and more', '  a: { image: alpine, command: sh -c "echo hello; sleep 2; echo done" }\n'],
    ['saying hello', '  a: { image: alpine, command: echo hello }\n'],
  ])('%s', (_, services) => {
    expect(role(services).runs).toBe('one-shot');
  });
});

describe('servers', () => {
  test.each([
    ['nothing said', '  a: { image: x }\n'],
    ['named like a job, but restarted', '  migrate: { image: x, restart: always }\n'],
    ['named like a job, but published', '  setup: { image: x, ports: ["80:80"] }\n'],
    ['migrating before it serves', '  a: { image: x, command: sh -c "alembic upgrade head && uvicorn app" }\n'],
    ['with a word after its end', '  a: { image: node, command: sh -c "node server.js; echo gone" }\n'],
    ['a loop of brief ones', '  a: { image: alpine, command: sh -c "while true; do echo tick; sleep 5; done" }\n'],
    ['a word within a name', '  minister: { image: x }\n'],
    ['with a profile, but restarted', '  a: { image: x, profiles: [p], restart: always }\n'],
  ])('%s', (_, services) => {
    expect(role(services).runs).toBe('server');
  });
});

test('what only a profile starts, and nothing restarts, is a tool', () => {
  expect(role('  a: { image: x, profiles: [debug] }\n').runs).toBe('tool');
});

describe('kinds', () => {
  test.each([
    ['  a: { image: "postgres:16" }\n', 'database', true],
    ['  a: { image: "redis:7" }\n', 'cache', true],
    ['  a: { image: "rabbitmq:4" }\n', 'queue', true],
    ['  a: { image: "nginx:1.27" }\n', 'proxy', false],
    ['  a: { image: "traefik:v3.2" }\n', 'proxy', false],
    ['  celery-worker: { image: x }\n', 'worker', false],
    ['  reverse-proxy: { image: x }\n', 'proxy', false],
    ['  a: { image: x }\n', 'unknown', false],
  ])('%j: %s', (services, kind, keepsData) => {
    expect(role(services)).toMatchObject({ kind, keepsData });
  });

  test('what is built is an app, or by its name a worker', () => {
    const files = { Dockerfile: 'FROM node:22\nCMD ["node", "a.js"]\n' };
    expect(role('  api: { build: . }\n', files).kind).toBe('app');
    expect(role('  queue-consumer: { build: . }\n', files).kind).toBe('worker');
  });
});
