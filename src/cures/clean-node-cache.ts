import { leftBecause } from '../edit/change.ts';
import { ownCommands, sudoOf } from '../edit/script.ts';
import type { BuildContext } from '../model/build-context.ts';
import type { Stage, Step } from '../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../model/image/image-of.ts';
import type { LanguageCommand } from '../model/image/language-packages.ts';
import { programOf } from '../model/image/programs.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { cleanBehind } from './clean-up.ts';
import { isBerry } from './hold-to-lockfile.ts';

/** The cache emptied right behind the install, in its layer. */
export function cleanNodeCache(
  step: Step,
  { manager, command }: LanguageCommand,
  context: BuildContext | undefined,
): Cure {
  const { through } = programOf(command);
  // Another user's cache is not the one that would be emptied.
  if (!ownCommands(step).includes(command) || through.some((name) => name !== 'sudo' && name !== 'env'))
    return leftBecause('it runs inside another script or as another user, whose cache it is');
  const sudo = sudoOf(step, { through });
  const clean = manager === 'npm' ? `${sudo}npm cache clean --force` : `${sudo}yarn cache clean`;
  if (isMentioned(step.stage, /--offline\b/, step.index))
    return cleanBehind(step, command, clean, {
      safety: 'review',
      note: 'a later line installs offline, from that cache',
    });
  if (manager === 'npm') return cleanBehind(step, command, clean, { safety: 'safe' });
  if (isBerry(context)) return leftBecause('Yarn 2 and later may run the app from its cache');
  const { base } = imageOfStage(step.stage);
  // The images of Node bring Yarn 1; elsewhere it may be any.
  const isClassic =
    /(?:^|\/)node$/.test(base?.repository ?? '') &&
    context !== undefined &&
    !isMentioned(step.stage, /corepack|berry|yarn set version|yarn@[2-9]/);
  return cleanBehind(
    step,
    command,
    clean,
    isClassic ? { safety: 'safe' } : { safety: 'review', note: 'Yarn 2 and later may run the app from its cache' },
  );
}

function isMentioned({ steps }: Stage, text: RegExp, from = 0): boolean {
  return steps.slice(from).some(({ instruction }) => text.test(instruction.body.text));
}
