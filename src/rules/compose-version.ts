import type { Project } from '../model/project.ts';

/** The number of the obsolete top-level `version`, which loading drops: 2.4; undefined where none is written. */
export function writtenVersion(project: Project): number | undefined {
  const at = project.compose?.faults.find(({ code }) => code === 'obsolete-version')?.span;
  if (!at) return undefined;
  const value = project.sources.get(at.file)?.text.slice(at.end, at.end + 40) ?? '';
  const number = /^["']?\s*:\s*["']?(\d+(?:\.\d+)?)/.exec(value)?.[1];
  return number === undefined ? undefined : Number(number);
}
