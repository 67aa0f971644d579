import { triggerStep } from '../model/dockerfile/build-dockerfile.ts';
import type { Dockerfile, Step } from '../model/dockerfile/dockerfile.ts';
import { type LanguageCommand, languageCommand } from '../model/image/language-packages.ts';
import { type PackageCommand, packageCommand } from '../model/image/package-commands.ts';
import type { ShellCommand } from '../model/image/programs.ts';

/**
 * Which stages count. `image`: what they leave behind is in the image. `build`: every stage that is built at all. A stage
 * that the target does not need is never judged.
 */
export type Where = 'image' | 'build';

/** Steps in order; what ONBUILD holds stands for itself. */
export function stepsIn(dockerfile: Dockerfile, where: Where, keyword?: string): Step[] {
  const stages = dockerfile.stages.filter((stage) => (where === 'image' ? stage.isInherited : stage.isUsed));
  const steps = stages.flatMap((stage) => stage.steps.map((step) => triggerStep(step) ?? step));
  return keyword === undefined ? steps : steps.filter((step) => step.instruction.keyword === keyword);
}

/** RUN steps and, in order, their commands of a distribution's package manager; steps without any are left out. */
export function packageSteps(dockerfile: Dockerfile, where: Where): { step: Step; runs: PackageCommand[] }[] {
  return stepsIn(dockerfile, where, 'RUN')
    .map((step) => ({ step, runs: step.commands.map(packageCommand).filter((run) => run !== undefined) }))
    .filter(({ runs }) => runs.length > 0);
}

/** The same for package managers of languages. */
export function languageSteps(dockerfile: Dockerfile, where: Where): { step: Step; runs: LanguageCommand[] }[] {
  return stepsIn(dockerfile, where, 'RUN')
    .map((step) => ({ step, runs: step.commands.map(languageCommand).filter((run) => run !== undefined) }))
    .filter(({ runs }) => runs.length > 0);
}

/** Commands of a step that come after this one. */
export function commandsAfter(step: Step, command: ShellCommand): readonly ShellCommand[] {
  return step.commands.slice(step.commands.indexOf(command) + 1);
}
