import { type Change, edited, fixOf, leftBecause } from '../edit/change.ts';
import { removeInstruction } from '../edit/dockerfile.ts';
import { commandBefore, ownCommands, removeCommand, wordBehind } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { type PackageCommand, packageCommand } from '../model/image/package-commands.ts';
import type { Cure, Fix } from '../vocabulary/fix.ts';

interface Install {
  readonly step: Step;
  readonly install: PackageCommand;
}

/** Each install fetches its own lists, in its own layer; the layer that only fetched them goes, unless it used them. */
export function fetchListsHere(
  update: { readonly step: Step; readonly run: PackageCommand; readonly isUsed: boolean },
  installs: readonly Install[],
  about: Pick<Fix, 'safety' | 'note'>,
): Cure | undefined {
  const { step, run } = update;
  if (run.verb !== 'update' || (run.manager !== 'apt' && run.manager !== 'apk')) return undefined;
  const title =
    installs.length > 0
      ? `Fetch the package lists where they are used`
      : 'Leave out the package lists, which nothing uses';
  return fixOf(
    { title, ...about },
    ...(update.isUsed ? [] : [withoutUpdate(step, run)]),
    ...installs.map((install) => listsFor(install, run)),
  );
}

/** `apt-get update && ` in front of the install; apk needs but an option. */
export function listsFor({ step, install }: Install, update: PackageCommand): Change {
  if (install.manager === 'apk') return edited(...apkAdds(step));
  const sudo = install.through.includes('sudo') ? 'sudo ' : '';
  const options = update.options.flags.has('-qq') ? ' -qq' : '';
  return edited(commandBefore(step, install.command, `${sudo}${install.program}${options} update`));
}

function apkAdds(step: Step) {
  return step.commands.flatMap((command) => {
    const run = packageCommand(command);
    return run?.manager === 'apk' && run.verb === 'install' ? [wordBehind(step, run.verbSpan, '--no-cache')] : [];
  });
}

function withoutUpdate(step: Step, { command }: PackageCommand): Change {
  const own = ownCommands(step);
  const { dockerfile } = step.stage;
  if (own.length === 1 && own[0] === command && step.commands.length === 1) {
    if (step.stage.steps[step.index]?.instruction !== step.instruction) return leftBecause('ONBUILD holds it');
    return edited(removeInstruction(dockerfile, step.instruction));
  }
  return edited(removeCommand(step, command));
}
