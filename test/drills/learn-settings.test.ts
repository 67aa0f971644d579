import { expect, test } from 'vitest';
import { learnSettings } from '../../src/drills/lab/learn-settings.ts';
import type { DrillSettings } from '../../src/drills/settings.ts';
import type { Inside } from '../../src/inside/client.ts';

const known: DrillSettings = {
  requests: [{ method: 'GET', path: '/health' }],
  requestsAreStated: false,
  port: 80,
  likelyPorts: [80],
  protocol: 'http',
  kinds: ['fresh'],
  rate: 100,
  readiness: '/health',
  readinessIsStated: false,
  liveness: '/health',
  livenessIsStated: false,
  noticeMs: 1000,
  balancerRetries: true,
  health: undefined,
  healthPath: '/health',
  healthPort: 80,
  readinessInSources: undefined,
  egress: undefined,
  skip: new Map(),
};

/** Answers by path, 404 otherwise, or `otherwise`. */
const learn = async (routes: Record<string, number>, more: Partial<DrillSettings> = {}, otherwise = 404) => {
  const outside = {
    http: async (_host: string, _port: number, { path }: { path: string }) => ({ status: routes[path] ?? otherwise }),
  };
  const { requests, readiness } = await learnSettings(
    { ...known, ...more },
    { host: 'web', port: 80 },
    outside as unknown as Inside,
  );
  return [requests[0]?.path, readiness];
};

test('its front page says more than its health route', async () => {
  expect(await learn({ '/': 200 })).toEqual(['/', '/health']);
});

test('where that is not there, the health route must do', async () => {
  expect(await learn({})).toEqual(['/health', '/health']);
});

test('its readiness route is found', async () => {
  expect(await learn({ '/': 200, '/readyz': 200 })).toEqual(['/', '/readyz']);
});

test('one that answers anything well shows none', async () => {
  expect(await learn({}, {}, 200)).toEqual(['/', '/health']);
});

test('unless its sources name it', async () => {
  expect(await learn({}, { readinessInSources: '/ready' }, 200)).toEqual(['/', '/ready']);
});

test('what the file says stays', async () => {
  const stated = { requestsAreStated: true, readinessIsStated: true, readiness: '/up' };
  expect(await learn({ '/': 200, '/readyz': 200 }, stated)).toEqual(['/health', '/up']);
});
