import { edited, fixOf } from '../edit/change.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { PackageCommand } from '../model/image/package-commands.ts';
import type { Cure, Fix } from '../vocabulary/fix.ts';
import { groupsOf, type Install, listsFor, removalIn } from './run-groups.ts';

/** apt's lists removed in the layer that fetched them; later installs that used them fetch their own. */
export function dropLists(
  step: Step,
  update: PackageCommand,
  installs: readonly Install[],
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
    ...(own ? [edited(...own.joints, removalIn(own, update))] : []),
    ...others.flatMap((group) => [
      ...(group.head ? [listsFor(group.head, update)] : []),
      edited(...group.joints, removalIn(group, group.head?.install ?? update)),
    ]),
  );
}
