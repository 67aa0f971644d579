import pg from 'pg';
import { readDatabaseConfig } from './config.js';
import { log } from './log.js';

/** Brings the tables up to date, once, as a process of its own. Running it again changes nothing. */
const steps = [
  `CREATE TABLE IF NOT EXISTS orders (
     id uuid PRIMARY KEY,
     item text NOT NULL,
     quantity integer NOT NULL CHECK (quantity > 0),
     placed_at timestamptz NOT NULL DEFAULT now()
   )`,
  'CREATE INDEX IF NOT EXISTS orders_placed_at ON orders (placed_at DESC)',
];

const client = new pg.Client({ ...readDatabaseConfig(), connectionTimeoutMillis: 5000 });
try {
  await client.connect();
  // One migration at a time, also when two are started at once.
  await client.query('SELECT pg_advisory_lock(20260101)');
  for (const step of steps) await client.query(step);
  log.info('migrated', { steps: steps.length });
} catch (error) {
  log.error('migration failed', { error });
  process.exitCode = 1;
} finally {
  await client.end();
}
