import { child, entriesOf, type Maybe } from '../model/compose/tree-access.ts';
import type { DependencyPlan } from './plan.ts';
import { booleanAt, textAt } from './values.ts';

const conditions = ['service_started', 'service_healthy', 'service_completed_successfully'] as const;

/** `depends_on`, and what links and shared namespaces imply. */
export function dependencyPlans(service: Maybe): DependencyPlan[] {
  return entriesOf(child(service, 'depends_on')).map(([name, node]) => {
    const written = textAt(node, 'condition');
    return {
      service: name,
      condition: conditions.find((condition) => condition === written) ?? 'service_started',
      required: booleanAt(node, 'required') ?? true,
    };
  });
}

/**
 * Services in an order in which they can be started, and all that those of `wanted` need. There is no cycle:
 * Compose refuses those.
 */
export function inOrder(
  dependencies: ReadonlyMap<string, readonly DependencyPlan[]>,
  wanted: readonly string[],
): string[] {
  const ordered = new Set<string>();
  const entered = new Set<string>();
  const visit = (name: string) => {
    if (entered.has(name)) return;
    entered.add(name);
    for (const { service } of dependencies.get(name) ?? []) visit(service);
    ordered.add(name);
  };
  for (const name of wanted) visit(name);
  return [...ordered];
}
