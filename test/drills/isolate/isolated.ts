import path from 'node:path';
import { isolate } from '../../../src/drills/isolate/isolate.ts';
import type { Isolated } from '../../../src/drills/isolate/isolated.ts';
import { standInTexts } from '../../../src/drills/isolate/stand-in-texts.ts';
import type { Host, HostPath, HostTree } from '../../../src/engine/host-path.ts';
import { readProject } from '../../../src/model/read-project.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';
import type { ServicePlan, StackPlan } from '../../../src/stack/plan.ts';
import { planStack } from '../../../src/stack/plan-stack.ts';

/** Where the project lies in these tests. */
export const home = '/srv/shop';

/** What is on the machine: by path, what it is; `-> /x` is a link. What is not named is not there. */
export type Machine = Readonly<
  Record<string, HostPath['kind'] | `-> ${string}` | { readonly tree: Partial<HostTree> }>
>;

export function hostOf(machine: Machine): Host {
  const real = (at: string): string => {
    for (let part = at; part !== '/'; part = path.posix.dirname(part)) {
      const found = machine[part];
      if (typeof found === 'string' && found.startsWith('-> ')) return real(found.slice(3) + at.slice(part.length));
    }
    return at;
  };
  return {
    look(at) {
      const found = machine[real(at)];
      const kind = found === undefined ? 'missing' : typeof found === 'string' ? found : 'directory';
      return { real: real(at), kind: kind as HostPath['kind'] };
    },
    survey(at) {
      const found = machine[at];
      const tree = typeof found === 'object' ? found.tree : {};
      return { bytes: 1000, entries: 1, doors: [], closed: undefined, isTooLarge: false, ...tree };
    },
  };
}

export interface Asked {
  readonly machine?: Machine;
  readonly isLocal?: boolean;
  readonly loggingDriver?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** The project of one Compose file in `/srv/shop`, planned, and isolated for the run `1234abcd`. */
export function isolated(compose: string, asked: Asked = {}): Isolated & { readonly real: StackPlan } {
  const files = { ...memoryFiles({ 'compose.yaml': `name: shop\n${compose}`, ...asked.files }), root: home };
  const project = readProject(files, { today: '2026-11-21' });
  const real = planStack(project, { standIn: standInTexts().standIn });
  const machine = { [home]: 'directory', ...asked.machine } as const;
  const made = isolate(real, project, {
    runId: '1234abcd',
    isLocal: asked.isLocal ?? true,
    host: hostOf(machine),
    ...(asked.loggingDriver === undefined ? {} : { loggingDriver: asked.loggingDriver }),
  });
  return { ...made, real };
}

export function service(plan: StackPlan, name = 'app'): ServicePlan {
  const found = plan.services.find((one) => one.name === name);
  if (!found) throw new Error(`no service ${name}: there are ${plan.services.map((one) => one.name).join(', ')}`);
  return found;
}

/** The notes of one kind, as `wanted → used`. */
export const notes = ({ standIns }: Isolated, kind: string) =>
  standIns.filter((one) => one.kind === kind).map(({ wanted, used }) => `${wanted} → ${used}`);
