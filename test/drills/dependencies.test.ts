import { expect, test } from 'vitest';
import { hostInCommand, hostVariable } from '../../src/drills/health/dependencies.ts';

test.each([
  ['DATABASE_URL', 'postgres://app:secret@db:5432/shop', 'db', true],
  ['DATABASE_URL', 'postgres://app:secret@db/shop', 'db', true],
  ['REDIS_ADDRESS', 'db:6379', 'db', true],
  ['BROKERS', 'kafka-1:9092,kafka-2:9092', 'kafka-2', true],
  ['DB_HOST', 'db', 'db', true],
  ['API', 'http://api.internal/v1', 'api.internal', true],
  ['API', 'http://apiXinternal/v1', 'api.internal', false],
  ['NAME', 'db', 'db', false],
  ['DATABASE_URL', 'postgres://app@mydb:5432/x', 'db', false],
  ['DATABASE_URL', 'postgres://db:secret@other:5432/x', 'db', false],
  ['PATH_TO', '/var/db/files', 'db', false],
  ['IMAGE', 'db:latest', 'db', false],
  ['EMPTY', undefined, 'db', false],
])('%s=%s names %s: %s', (name, value, host, expected) => {
  expect(hostVariable([{ name, value }], host)).toBe(expected ? name : undefined);
});

test.each([
  ['server --redis db:6379', 'db', true],
  ['server --redis=redis://db:6379/0', 'db', true],
  ['proxy --upstream http://db/', 'db', true],
  ['psql -h db -c "select 1"', 'db', true],
  ['sh -c "until nc -z db 5432; do sleep 1; done"', 'db', true],
  ['python3 -c "socket.create_connection((\'db\', 5432), 1)"', 'db', true],
  ['redis-server --save ""', 'redis', false],
  ['server --db db', 'db', false],
  ['cp /var/db/x.5 /tmp', 'db', false],
  ['caddy respond --listen :9000 db', 'db', false],
])('the command %s names %s: %s', (command, host, expected) => {
  expect(hostInCommand(command, host)).toBe(expected ? 'its command' : undefined);
});
