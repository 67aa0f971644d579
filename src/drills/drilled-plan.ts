import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { StackPlan } from '../stack/plan.ts';
import { planStack } from '../stack/plan-stack.ts';
import { planName } from '../stack/service-name.ts';
import type { StandIn } from '../vocabulary/drill.ts';
import type { SeaworthyError } from '../vocabulary/error.ts';
import { standInTexts } from './isolate/stand-in-texts.ts';

/**
 * What can be started of a project. A service that cannot (`missing`, with the reason) costs only itself and those that
 * need it. Throws `unsupported` where nothing that is to be drilled could be started.
 */
export function drilledPlan(
  project: Project,
  services: readonly Service[],
): { readonly plan: StackPlan; readonly missing: ReadonlyMap<string, string>; readonly standIns: readonly StandIn[] } {
  const texts = standInTexts();
  const missing = new Map<string, string>();
  let first: SeaworthyError | undefined;
  const plan = planStack(project, {
    standIn: texts.standIn,
    onRefused(service, error) {
      first ??= error;
      missing.set(service, error.message);
    },
  });
  const drilled = new Set(services.map(planName));
  if (first && [...drilled].every((name) => missing.has(name))) throw first;
  const leftOut = [...missing].filter(([name]) => !drilled.has(name));
  return {
    plan,
    missing,
    standIns: [
      ...texts.standIns,
      ...unset(project),
      ...leftOut.map(([service, why]) => ({ kind: 'service', service, wanted: service, used: `nothing: ${why}` })),
    ],
  };
}

/** Variables that are empty here and may well be set where it runs: `image: shop:${TAG}`. */
function unset({ compose }: Project): StandIn[] {
  const names = new Set(compose?.unset.map(({ name }) => name));
  return [...names].map((name) => ({
    kind: 'variable',
    service: undefined,
    wanted: `\${${name}}`,
    used: `nothing: neither --env nor an env file sets it (--env ${name}=…)`,
  }));
}
