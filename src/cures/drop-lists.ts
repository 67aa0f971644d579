import { edited, fixOf } from '../edit/change.ts';
import { appendCommand, isScript, ownCommands, sudoOf, wordBehind } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { PackageCommand } from '../model/image/package-commands.ts';
import type { Cure, Edit, Fix } from '../vocabulary/fix.ts';
import { groupsOf, listsFor } from './fetch-lists-here.ts';

const lists = '/var/lib/apt/lists/*';

/** apt's lists removed in the layer that fetched them; later installs that used them fetch their own. */
export function dropLists(
  step: Step,
  update: PackageCommand,
  installs: readonly { readonly step: Step; readonly install: PackageCommand }[],
  safety: Fix['safety'],
): Cure {
  const [own, ...others] = groupsOf(step, installs);
  const what =
    others.length > 0
      ? ', and fetch them again for later installs'
      : own && own.joints.length > 0
        ? ', with the installs that follow'
        : '';
  return fixOf(
    {
      title: `Remove the package lists in the same layer${what}`,
      safety,
      ...(safety === 'review' ? { note: 'look whether a script of a later line installs from these lists' } : {}),
    },
    edited(...(own?.joints ?? []), removalIn(own?.last ?? step, update)),
    ...others.flatMap(({ head, joints, last }) => [
      ...(head ? [listsFor(head, update)] : []),
      edited(...joints, removalIn(last, head?.install ?? update)),
    ]),
  );
}

/** With what the last command removes already, or by a command of its own. */
function removalIn(step: Step, run: PackageCommand): Edit | undefined {
  const last = ownCommands(step).at(-1);
  const isLast =
    last !== undefined && step.commands.at(-1) === last && last.joint !== '||' && last.redirects.length === 0;
  if (isLast && last.words[0]?.text === 'rm' && /^-(?:rf|fr)$/.test(last.words[1]?.text ?? '') && isScript(step))
    return wordBehind(step, last.words.at(-1), lists);
  return appendCommand(step, `${sudoOf(step, run)}rm -rf ${lists}`);
}
