import type { BuildContext } from '../model/build-context.ts';
import type { Dockerfile, Step } from '../model/dockerfile/dockerfile.ts';
import type { Project } from '../model/project.ts';
import { contextSources, isWholeContext } from './copied.ts';
import { stepsIn } from './steps.ts';

/** A line that copies the whole build context. */
export interface WholeCopy {
  readonly dockerfile: Dockerfile;
  readonly step: Step;
  readonly context: BuildContext;
}

/** The first such line of each Dockerfile, one in a stage of the image before others. */
export function wholeCopies(project: Project): WholeCopy[] {
  return project.dockerfiles.flatMap((dockerfile) => {
    const context = project.contextOf(dockerfile);
    if (!context) return [];
    const steps = stepsIn(dockerfile, 'build').filter((step) => contextSources(step).some(isWholeContext));
    const step = steps.find(({ stage }) => stage.isInherited) ?? steps[0];
    return step ? [{ dockerfile, step, context }] : [];
  });
}
