import { expect, test } from 'vitest';
import { meaningOf } from '../../src/drills/health/meaning.ts';

const nothing = {
  health: undefined,
  healthPath: '/health',
  readiness: '/health',
  readinessIsStated: false,
  liveness: '/health',
  livenessIsStated: false,
} as const;

test.each<[string, Partial<Parameters<typeof meaningOf>[0]>, string]>([
  ['/health, of which nobody says more', {}, 'unsaid'],
  ['what the file says', { health: 'readiness', healthPath: '/livez' }, 'readiness'],
  ['/livez by its name', { healthPath: '/livez' }, 'liveness'],
  ['/health/live by its name', { healthPath: '/health/live' }, 'liveness'],
  ['/readyz by its name', { healthPath: '/readyz' }, 'readiness'],
  ['/delivery, whose name means something else', { healthPath: '/delivery', readiness: '/delivery' }, 'unsaid'],
  ['/health beside a readiness that was found', { readiness: '/ready' }, 'liveness'],
  ['/health, stated as readiness', { readinessIsStated: true }, 'readiness'],
  ['/health, stated as liveness', { livenessIsStated: true, readiness: '/health' }, 'liveness'],
  ['a program that asks we know not what', { healthPath: undefined }, 'unsaid'],
  ['the same beside a stated readiness', { healthPath: undefined, readinessIsStated: true }, 'liveness'],
  ['no route of its own', { readiness: undefined }, 'unsaid'],
])('a health check means %s', (_, more, expected) => {
  expect(meaningOf({ ...nothing, ...more })).toBe(expected);
});
