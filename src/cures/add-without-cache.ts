import { edited, fixOf } from '../edit/change.ts';
import { removeCommand, wordBehind } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { type PackageCommand, packageCommand } from '../model/image/package-commands.ts';
import type { Cure } from '../vocabulary/fix.ts';

/**
 * `apk add --no-cache` fetches the index for itself and keeps none, so that an `apk update` of the same RUN has nothing
 * left to do and would only leave its own.
 */
export function addWithoutCache(step: Step, run: PackageCommand): Cure {
  const title = 'Add --no-cache';
  const others = step.commands.map((command) => packageCommand(command)).filter((other) => other?.manager === 'apk');
  const update = others.find((other) => other?.verb === 'update');
  const adds = others.filter((other) => other?.verb === 'install');
  const edit = wordBehind(step, run.verbSpan, '--no-cache');
  // `apk upgrade` and `apk info` may want the index that update left.
  const isSpare =
    update &&
    others.every((other) => other?.verb === 'update' || other?.verb === 'install' || other?.verb === 'remove');
  const removal = isSpare && adds[0] === run ? removeCommand(step, update.command) : undefined;
  const isLast = adds.length === 1;
  return removal && isLast
    ? fixOf({ title: `${title}, which makes "apk update" needless`, safety: 'safe' }, edited(edit, removal))
    : fixOf({ title, safety: 'safe' }, edited(edit));
}
