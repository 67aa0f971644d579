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

/**
 * Rules look before and behind each of these commands, so their number in a file is bounded: none of 1,000 real
 * Dockerfiles comes near it, and a file made to hang us must not.
 */
const mostRuns = 200;

/** RUN steps and, in order, their commands of a distribution's package manager; steps without any are left out. */
export function packageSteps(dockerfile: Dockerfile, where: Where): { step: Step; runs: PackageCommand[] }[] {
  return withRuns(dockerfile, where, packageCommand);
}

/** The same for package managers of languages. */
export function languageSteps(dockerfile: Dockerfile, where: Where): { step: Step; runs: LanguageCommand[] }[] {
  return withRuns(dockerfile, where, languageCommand);
}

function withRuns<Run>(dockerfile: Dockerfile, where: Where, read: (command: ShellCommand) => Run | undefined) {
  const found: { step: Step; runs: Run[] }[] = [];
  let left = mostRuns;
  for (const step of stepsIn(dockerfile, where, 'RUN')) {
    const runs: Run[] = [];
    for (const command of step.commands) {
      const run = left > 0 ? read(command) : undefined;
      if (!run) continue;
      runs.push(run);
      left--;
    }
    if (runs.length > 0) found.push({ step, runs });
    if (left === 0) break;
  }
  return found;
}

/** Where each command stands among its step's, so that a RUN of 100,000 of them is not searched 100,000 times. */
const positions = new WeakMap<readonly ShellCommand[], ReadonlyMap<ShellCommand, number>>();

function positionOf(step: Step, command: ShellCommand): number {
  let known = positions.get(step.commands);
  if (!known) {
    known = new Map(step.commands.map((one, index) => [one, index]));
    positions.set(step.commands, known);
  }
  return known.get(command) ?? 0;
}

/** Commands of a step that come after this one. */
export function commandsAfter(step: Step, command: ShellCommand): readonly ShellCommand[] {
  return step.commands.slice(positionOf(step, command) + 1);
}

/** The commands that stand around one, nested ones included: as far as any pipe or nesting of a person goes. */
export function commandsNear(step: Step, command: ShellCommand): readonly ShellCommand[] {
  const at = positionOf(step, command);
  return step.commands.slice(Math.max(0, at - 100), at + 100);
}

/** The commands this one is piped into, in order. */
export function pipedInto(step: Step, command: ShellCommand): ShellCommand[] {
  const at = positionOf(step, command);
  return step.commands
    .slice(at + 1, at + 100)
    .filter((other) => other.pipeline === command.pipeline && (other.joint === '|' || other.joint === '|&'));
}
