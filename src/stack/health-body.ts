import { child, type Maybe, textsOf } from '../model/compose/tree-access.ts';
import type { HealthBody } from './plan.ts';
import { present, some } from './present.ts';
import { booleanAt, millisecondsAt, numberAt } from './values.ts';

/** `healthcheck`; what it does not say, the engine takes from the image. */
export function healthBody(service: Maybe): HealthBody | undefined {
  const node = child(service, 'healthcheck');
  if (node?.kind !== 'map') return undefined;
  const nanoseconds = (key: string) => {
    const ms = millisecondsAt(node, key);
    return ms === undefined ? undefined : Math.round(ms * 1e6);
  };
  return present({
    Test: booleanAt(node, 'disable') === true ? ['NONE'] : some(textsOf(child(node, 'test'))),
    Interval: nanoseconds('interval'),
    Timeout: nanoseconds('timeout'),
    StartPeriod: nanoseconds('start_period'),
    StartInterval: nanoseconds('start_interval'),
    Retries: numberAt(node, 'retries'),
  });
}
