import { createClient } from '@redis/client';
import pg from 'pg';
import { log } from './log.js';

const within = async (milliseconds, name, work) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Opens both stores without waiting for them: a store that is away must show in /ready, not in a crash loop. */
export const openStores = ({ database, cache: cacheConfig }) => {
  const pool = new pg.Pool({ ...database, max: 10, connectionTimeoutMillis: 2000, idleTimeoutMillis: 30000, statement_timeout: 5000 });
  // Without a listener, an idle connection cut by the server would end the process.
  pool.on('error', (error) => log.warn('database connection lost', { error }));

  const cache = createClient({
    socket: {
      host: cacheConfig.host,
      port: cacheConfig.port,
      connectTimeout: 2000,
      reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, 3000),
    },
    password: cacheConfig.password,
    // Fail at once while Redis is away, rather than pile requests up in memory.
    disableOfflineQueue: true,
  });
  cache.on('error', (error) => log.warn('cache connection failed', { error }));
  cache.connect().catch((error) => log.warn('cache connection given up', { error }));

  return {
    pool,
    cache,
    /** Each dependency and whether it answered; never throws. */
    async check() {
      const [databaseAnswer, cacheAnswer] = await Promise.allSettled([
        within(1500, 'database', pool.query('SELECT 1')),
        within(1500, 'cache', cache.ping()),
      ]);
      return { database: databaseAnswer.status === 'fulfilled', cache: cacheAnswer.status === 'fulfilled' };
    },
    async close() {
      cache.destroy();
      await within(2000, 'database pool', pool.end()).catch((error) => log.warn('database pool not closed cleanly', { error }));
    },
  };
};
