import type { Trial } from './health-trial.ts';

/** Right for one meaning and wrong for the other. */
export const isAmbiguous = ({ kind, seen, serving }: Trial): boolean =>
  (kind === 'dependency' && seen === 'unhealthy' && serving === undefined) ||
  ((kind === 'dependency' || kind === 'disk') && seen === 'healthy' && serving === false);

export function ambiguity({ kind, what, seen, serving }: Trial): string {
  const when = kind === 'dependency' ? `With ${what}` : `With its ${what}`;
  const state = serving === false ? 'every request fails, and it is' : 'it is';
  return seen === 'healthy'
    ? `${when} ${state} called healthy: right for liveness, wrong for readiness, and nothing says which of them its health check is`
    : `${when} ${state} called unhealthy: right for readiness, wrong for liveness, and nothing says which of them its health check is`;
}

export const ambiguityAdvice = ({ serving }: Trial): string[] => [
  'x-seaworthy: { drill: { health: readiness } } where a balancer or depends_on heeds it, or liveness where it causes a restart',
  ...(serving === undefined ? ['x-seaworthy: { drill: { requests: [a path that does its work] } }'] : []),
];
