import { edited, fixOf } from '../edit/change.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { type PackageCommand, packageCommand } from '../model/image/package-commands.ts';
import type { Cure, Fix } from '../vocabulary/fix.ts';
import { fetchListsHere } from './fetch-lists-here.ts';
import { groupsOf, type Install, listsFor, removalIn } from './run-groups.ts';

/** apt's lists removed in the layer that fetched them; later installs that used them fetch their own. */
export function dropLists(
  step: Step,
  update: PackageCommand,
  installs: readonly Install[],
  safety: Fix['safety'],
): Cure | undefined {
  const runs = step.commands.map((command) => packageCommand(command)).filter((run) => run?.manager === 'apt');
  const isUsed = runs.some((run) => run !== update && run?.verb !== 'clean' && run?.verb !== 'update');
  // Lists of which this RUN makes no use are better fetched elsewhere.
  if (!isUsed) return fetchListsHere({ step, run: update, isUsed }, installs, { safety: 'review' }, 'all');
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
