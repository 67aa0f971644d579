import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { SkippedDrill } from '../vocabulary/drill.ts';
import type { Drill } from './drill.ts';

/** Where no service is named: of each that is not drilled why, so that nobody wonders, or takes silence for a pass. */
export function leftOut(
  project: Project,
  drilled: readonly Service[],
  drills: readonly Drill[],
): readonly SkippedDrill[] {
  return project.services
    .filter((service) => !drilled.includes(service))
    .flatMap(({ name, role, composeModel }) => {
      const why = composeModel?.disabled.has(name)
        ? 'none of its profiles is active (--profile)'
        : `it is no service that goes on running: ${role.because}; to drill it all the same, name it`;
      return drills.map(({ id }) => ({ id, service: name, because: why, applies: false }));
    });
}
