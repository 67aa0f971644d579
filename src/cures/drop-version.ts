import { fixOf } from '../edit/change.ts';
import { removeTopLevel } from '../edit/compose.ts';
import type { Project } from '../model/project.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Compose ignores it since 1.27 (2020): without it nothing changes but the warning. */
export function dropVersion(project: Project, file: string): Cure {
  return fixOf({ title: 'Remove the obsolete version', safety: 'safe' }, removeTopLevel(project, file, ['version']));
}
