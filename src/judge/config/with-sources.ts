import type { Project } from '../../model/project.ts';
import type { Configuration } from './configuration.ts';

/** The project with the configuration's text at hand: for showing places only, it is no file that is judged. */
export function withSources(project: Project, { sources }: Configuration): Project {
  if (sources.length === 0) return project;
  return { ...project, sources: new Map([...project.sources, ...sources.map((one) => [one.path, one] as const)]) };
}
