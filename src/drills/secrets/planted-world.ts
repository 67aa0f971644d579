import { SeaworthyError } from '../../vocabulary/error.ts';
import type { Lab, World } from '../lab.ts';
import { type GivenSecret, secretsGiven } from './given-secrets.ts';
import { canariesFor, planted } from './plant.ts';
import type { Wanted } from './traces.ts';

/** With canaries; where it does not get ready with them (a key that must fit another), as it is. */
export async function plantedWorld(
  lab: Lab,
  given: GivenSecret[],
): Promise<{ world: World; wanted: Wanted[]; isPlanted: boolean }> {
  let wanted: Wanted[] = [];
  try {
    lab.step('starting it with planted secrets');
    const world = await lab.world({
      changeStack(stack) {
        const services = new Map(lab.project.services.map((service) => [service.name, service]));
        const all = new Map(
          stack.services.map((plan) => [plan.name, secretsGiven(plan, services.get(plan.name), lab.project)]),
        );
        given.push(...(all.get(lab.service.name) ?? []));
        const canaries = canariesFor([...all.values()].flat());
        wanted = given.flatMap(({ name, value, distinct }) => {
          const canary = canaries.get(value);
          if (canary !== undefined) return [{ name, text: canary }];
          return distinct ? tellingParts(value).map((text) => ({ name, text })) : [];
        });
        return planted(stack, all, canaries);
      },
    });
    return { world, wanted, isPlanted: true };
  } catch (error) {
    const isGone = error instanceof SeaworthyError && error.code === 'engine-unreachable';
    if (lab.signal.aborted || isGone || given.length === 0) throw error;
    lab.step('it does not start with planted secrets: starting it with its own');
    return { world: await lab.world(), wanted: distinctOnes(given), isPlanted: false };
  }
}

/** The whole of a short one; of a key or a file, the lines that nothing else has. */
function tellingParts(value: string): string[] {
  if (!value.includes('\n')) return [value];
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 24 && !line.startsWith('-----') && !line.startsWith('#'))
    .slice(0, 20);
}

/** What can be looked for as it is: it stands nowhere by chance. Each value once. */
export function distinctOnes(secrets: readonly GivenSecret[]): Wanted[] {
  const byValue = new Map(secrets.filter(({ distinct }) => distinct).map(({ name, value }) => [value, name]));
  return [...byValue].flatMap(([value, name]) => tellingParts(value).map((text) => ({ name, text })));
}
