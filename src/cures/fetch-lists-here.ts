import { type Change, edited, fixOf, leftBecause, noChange } from '../edit/change.ts';
import { removeInstruction } from '../edit/dockerfile.ts';
import { ownCommands, removeCommand } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { PackageCommand } from '../model/image/package-commands.ts';
import type { Cure, Fix } from '../vocabulary/fix.ts';
import { groupsOf, type Install, listsFor, type RunGroup, removalIn } from './run-groups.ts';

/** Each install fetches its own lists, in its own layer; the layer that only fetched them goes, unless it used them. */
export function fetchListsHere(
  update: { readonly step: Step; readonly run: PackageCommand; readonly isUsed: boolean },
  installs: readonly Install[],
  about: Pick<Fix, 'safety' | 'note'>,
  /** Which RUNs that fetch lists take them out again: each that is new, or the first, too. */
  cleaned: 'further' | 'all' = 'further',
): Cure | undefined {
  const { step, run } = update;
  if (run.verb !== 'update' || (run.manager !== 'apt' && run.manager !== 'apk')) return undefined;
  const title =
    installs.length > 0
      ? `Fetch the package lists where they are used`
      : 'Leave out the package lists, which nothing uses';
  const [first, ...others] = groupsOf(step, run.manager === 'apt' ? installs : []);
  const joints = first?.joints ?? [];
  // One install, or one with work of its own: the update moves there. Several at once are one RUN with it.
  const isChain = joints.length > (update.isUsed ? 0 : 1);
  const alone = isChain ? [] : run.manager === 'apt' ? installs.slice(0, joints.length) : installs;
  return fixOf(
    { title, ...about },
    ...(isChain ? [edited(...joints)] : update.isUsed ? [] : [withoutUpdate(step, run)]),
    ...alone.map((install) => listsFor(install, run)),
    ...(first && joints.length > 0 && cleaned === 'all'
      ? [clean(isChain ? first : { ...first, joint: undefined }, run)]
      : []),
    // Each further RUN that fetches lists takes them out again.
    ...others.flatMap((group) => [
      ...(group.head ? [listsFor(group.head, run)] : []),
      edited(...group.joints),
      ...(run.manager === 'apt' ? [clean(group, run)] : []),
    ]),
  );
}

function clean(group: RunGroup, run: PackageCommand): Change {
  const isClean = group.last.commands.some(({ words }) => words.some(({ text }) => text.startsWith('/var/lib/apt')));
  return isClean ? noChange : edited(removalIn(group, run));
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
