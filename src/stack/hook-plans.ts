import { child, itemsOf, type Maybe, textsOf } from '../model/compose/tree-access.ts';
import type { HookPlan } from './plan.ts';
import { booleanAt, textAt, variablesAt } from './values.ts';

/** `post_start` or `pre_stop`. */
export function hookPlans(service: Maybe, key: 'post_start' | 'pre_stop'): HookPlan[] {
  return itemsOf(child(service, key)).map((hook) => ({
    command: textsOf(child(hook, 'command')),
    user: textAt(hook, 'user'),
    workdir: textAt(hook, 'working_dir'),
    environment: variablesAt(hook, 'environment'),
    privileged: booleanAt(hook, 'privileged') === true,
  }));
}
