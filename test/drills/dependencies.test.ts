import { expect, test } from 'vitest';
import { hostVariable } from '../../src/drills/health/dependencies.ts';

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
