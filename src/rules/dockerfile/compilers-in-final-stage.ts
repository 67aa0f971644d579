import { buildOnlyPackage } from '../../knowledge/packages.ts';
import type { Stage, Step } from '../../model/dockerfile/dockerfile.ts';
import type { InstalledPackage } from '../../model/image/image.ts';
import { imageOfStage, stageChain } from '../../model/image/image-of.ts';
import { listed } from '../in-words.ts';
import type { Reporter, Rule } from '../rule.ts';

const headers = /(?:-dev|-devel|-headers)$/;
/** Also of use to a running app, and small. */
const harmless: ReadonlySet<string> = new Set([
  'less',
  'make',
  'gmake',
  'patch',
  'python3-pip',
  'py3-pip',
  'python3-venv',
  'python3-setuptools',
  'binutils',
]);

export const compilersInFinalStage: Rule = {
  id: 'dockerfile/compilers-in-final-stage',
  summary: 'Compilers and build dependencies in the image that runs',
  why: 'Whoever gets into the container finds a tool chain to build what they need, and the image is several times as large as the app.',
  sources: [
    'https://docs.docker.com/build/building/multi-stage/',
    'https://docs.docker.com/build/building/best-practices/#use-multi-stage-builds',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG3', 'IMG14'],
  aliases: [],
  examples: { bad: 'bad-golang', good: 'good-multi-stage' },
  dockerfile(dockerfile, report, project) {
    const { target } = dockerfile;
    if (!target) return;
    const image = imageOfStage(target);
    const chain = stageChain(target);
    const root = chain[0];
    // Without a command of its own it is most likely made to build with: whoever runs it says what.
    const mayBeToBuildOn = image.facts?.kind === 'base' || image.facts?.buildStageOnly === true;
    const isService = project.services.some((one) => one.compose && one.build?.dockerfile === dockerfile);
    const isRun = !mayBeToBuildOn || isService || chain.some(hasCommand);
    if (root && image.facts?.buildStageOnly && image.facts.os?.family !== 'windows')
      report({
        at: root.from.span,
        message: `"${root.from.written}" is an image to build with, and here it is the image that runs`,
        severity: isRun ? 'medium' : 'low',
      });
    reportPackages(image.software.packages, target, isRun, report);
  },
};

function hasCommand(stage: Stage): boolean {
  return stage.steps.some(({ instruction }) => instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT');
}

/** One finding for each line that installs some. */
function reportPackages(packages: readonly InstalledPackage[], target: Stage, isRun: boolean, report: Reporter): void {
  const byStep = new Map<Step, InstalledPackage[]>();
  for (const one of packages) {
    if (harmless.has(one.name) || buildOnlyPackage(one.name) !== 'build tools') continue;
    const known = byStep.get(one.step);
    if (known) known.push(one);
    else byStep.set(one.step, [one]);
  }
  for (const [step, found] of byStep) {
    // A script that we could not read whole may remove them again.
    if (!step.certain || removesUnknown(step)) continue;
    const compilers = found.filter(({ name }) => !headers.test(name));
    const first = compilers[0] ?? found[0];
    if (!first) continue;
    report({
      at: first.word.span,
      message: `${listed([...compilers, ...found].map(({ name }) => name))} ${found.length === 1 ? 'stays' : 'stay'} in the image, only to build with`,
      severity: compilers.length > 0 && isRun ? 'medium' : 'low',
      // Packages of a line that other stages inherit too are still the target's.
      ...(target.index !== step.stage.index
        ? { related: [{ at: target.from.span, message: 'the image is made of this stage' }] }
        : {}),
    });
  }
}

/** `apt-get purge $buildDeps`, `apt-get purge --auto-remove`: what goes is not written as names. */
function removesUnknown(step: Step): boolean {
  return step.commands.some(
    ({ words }) =>
      words.some(({ text }) => /^(?:purge|remove|autoremove|del|erase|autopurge)$/.test(text)) &&
      words.some(({ text, literal }) => !literal || /^(?:--auto-remove|autoremove|\$)/.test(text)),
  );
}
