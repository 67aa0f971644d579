import { readFileSync } from 'node:fs';

/**
 * Everything this service can be told, read once at start from the environment. A value that is a secret comes from a
 * file whose path is in NAME_FILE, so that it never shows in `docker inspect`, in a child process or in a crash dump.
 */
const required = (name) => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
};

const secret = (name) => {
  const path = process.env[`${name}_FILE`];
  if (path === undefined || path === '') throw new Error(`${name}_FILE is not set`);
  return readFileSync(path, 'utf8').trimEnd();
};

const number = (name, fallback) => {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not "${text}"`);
  return value;
};

export const readDatabaseConfig = () => ({
  host: required('DB_HOST'),
  port: number('DB_PORT', 5432),
  database: required('DB_NAME'),
  user: required('DB_USER'),
  password: secret('DB_PASSWORD'),
});

export const readConfig = () => ({
  port: number('PORT', 3000),
  database: readDatabaseConfig(),
  cache: {
    host: required('REDIS_HOST'),
    port: number('REDIS_PORT', 6379),
    password: secret('REDIS_PASSWORD'),
  },
  // Longer than whoever sends us traffic needs to notice that /ready says no.
  lameDuckMs: number('LAME_DUCK_MS', 5000),
  // How long requests in flight may still take. Lame duck and drain together must stay below stop_grace_period.
  drainMs: number('DRAIN_MS', 15000),
});
