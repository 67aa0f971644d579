import type { FoundProject } from '../model/find-projects.ts';
import { overlayFiles } from '../read/files-overlay.ts';
import type { Mending } from '../vocabulary/mending.ts';
import { type FixOptions, fixProject } from './fix-project.ts';
import { shownOutcome } from './shown-outcome.ts';

/** Mends the projects below one root one after the other, each on what the one before has left. */
export async function mendProjects(
  projects: readonly FoundProject[],
  options: Omit<FixOptions, 'project'>,
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly mending: Mending }> {
  const files = new Map<string, string>();
  const mendings: Mending[] = [];
  for (const one of projects) {
    const laid = files.size === 0 ? one.files : overlayFiles(one.files, files);
    const outcome = await fixProject(laid, { ...options, project: one.options });
    for (const [file, text] of outcome.files) files.set(file, text);
    mendings.push(await shownOutcome(outcome));
  }
  return { files, mending: together(mendings) };
}

export function together(mendings: readonly Mending[]): Mending {
  return {
    applied: mendings.flatMap(({ applied }) => applied),
    left: mendings.flatMap(({ left }) => left),
    diffs: mendings.flatMap(({ diffs }) => diffs),
  };
}
