import { triggerStep } from '../model/dockerfile/build-dockerfile.ts';
import type { Dockerfile, Stage, Step } from '../model/dockerfile/dockerfile.ts';
import { type LanguageCommand, languageCommand } from '../model/image/language-packages.ts';
import { type PackageCommand, packageCommand } from '../model/image/package-commands.ts';
import type { ShellCommand } from '../model/image/programs.ts';
import { lazily, remembered } from '../vocabulary/lazily.ts';

/**
 * Which stages count. `image`: what they leave behind is in the image. `build`: every stage that is built at all. Both
 * with orphans, which somebody took for one of these. `file`: all, those too that the target does not need.
 */
export type Where = 'image' | 'build' | 'file';

/** Steps in order; what ONBUILD holds stands for itself. */
export function stepsIn(dockerfile: Dockerfile, where: Where, keyword?: string): readonly Step[] {
  const steps = stepsOf[where](dockerfile);
  return keyword === undefined ? steps.all : (steps.byKeyword().get(keyword) ?? []);
}

const stepsOf = {
  image: remembered((dockerfile: Dockerfile) =>
    stepsOfStages(dockerfile.stages.filter((stage) => stage.isInherited || stage.isOrphan)),
  ),
  build: remembered((dockerfile: Dockerfile) =>
    stepsOfStages(dockerfile.stages.filter((stage) => stage.isUsed || stage.isOrphan)),
  ),
  file: remembered((dockerfile: Dockerfile) => stepsOfStages(dockerfile.stages)),
};

function stepsOfStages(stages: readonly Stage[]) {
  const all = stages.flatMap((stage) => stage.steps.map((step) => triggerStep(step) ?? step));
  const byKeyword = lazily(() => {
    const groups = new Map<string, Step[]>();
    for (const step of all) {
      const group = groups.get(step.instruction.keyword);
      if (group) group.push(step);
      else groups.set(step.instruction.keyword, [step]);
    }
    return groups;
  });
  return { all, byKeyword };
}

/**
 * Rules look before and behind each of these commands, so their number in a file is bounded: none of 1,000 real
 * Dockerfiles comes near it, and a file made to hang us must not.
 */
const mostRuns = 200;

interface Runs<Run> {
  readonly step: Step;
  readonly runs: readonly Run[];
}

/** RUN steps and, in order, their commands of a distribution's package manager; steps without any are left out. */
export function packageSteps(dockerfile: Dockerfile, where: Where): readonly Runs<PackageCommand>[] {
  return packagesOf[where](dockerfile);
}

/** The same for package managers of languages. */
export function languageSteps(dockerfile: Dockerfile, where: Where): readonly Runs<LanguageCommand>[] {
  return languagesOf[where](dockerfile);
}

const packagesOf = {
  image: remembered((dockerfile: Dockerfile) => withRuns(dockerfile, 'image', packageCommand)),
  build: remembered((dockerfile: Dockerfile) => withRuns(dockerfile, 'build', packageCommand)),
  file: remembered((dockerfile: Dockerfile) => withRuns(dockerfile, 'file', packageCommand)),
};
const languagesOf = {
  image: remembered((dockerfile: Dockerfile) => withRuns(dockerfile, 'image', languageCommand)),
  build: remembered((dockerfile: Dockerfile) => withRuns(dockerfile, 'build', languageCommand)),
  file: remembered((dockerfile: Dockerfile) => withRuns(dockerfile, 'file', languageCommand)),
};

function withRuns<Run>(dockerfile: Dockerfile, where: Where, read: (command: ShellCommand) => Run | undefined) {
  const found: Runs<Run>[] = [];
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
