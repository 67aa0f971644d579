import { readProject } from '../../src/model/read-project.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import type { ServicePlan, StackPlan } from '../../src/stack/plan.ts';
import { type PlanOptions, planStack } from '../../src/stack/plan-stack.ts';

export const folder = '/home/someone/shop';

export function projectIn(files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  return readProject({ ...memoryFiles(files), root: folder }, { today: '2026-11-21', compose: { env } });
}

/** The plan of a Compose file, or of several files by name, as if they lay in a folder. */
export function planned(
  files: string | Readonly<Record<string, string>>,
  options: PlanOptions & { readonly env?: Readonly<Record<string, string>> } = {},
): StackPlan {
  const { env, ...rest } = options;
  return planStack(projectIn(typeof files === 'string' ? { 'compose.yaml': files } : files, env), rest);
}

/** The service `web` with these lines of YAML. */
export function web(lines: string, top = '', options?: Parameters<typeof planned>[1]): ServicePlan {
  const indented = lines.replaceAll(/^(?=.)/gm, '    ');
  const plan = planned(`services:\n  web:\n    image: alpine:3\n${indented}\n${top}`, options);
  return plan.services.find(({ name }) => name === 'web')!;
}
