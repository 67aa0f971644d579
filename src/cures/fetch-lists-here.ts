import { type Change, edited, fixOf, leftBecause } from '../edit/change.ts';
import { removeInstruction } from '../edit/dockerfile.ts';
import { joinRuns } from '../edit/join-runs.ts';
import { commandBefore, ownCommands, removeCommand, sudoOf, wordBehind } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { type PackageCommand, packageCommand } from '../model/image/package-commands.ts';
import type { Cure, Edit, Fix } from '../vocabulary/fix.ts';

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
  const [first, ...others] = groupsOf(step, run.manager === 'apt' ? installs : []);
  const joints = first?.joints ?? [];
  // One install, or one with work of its own: the update moves there. Several at once are one RUN with it.
  const isChain = joints.length > 1;
  const alone = isChain ? [] : run.manager === 'apt' ? installs.slice(0, joints.length) : installs;
  return fixOf(
    { title, ...about },
    ...(isChain ? [edited(...joints)] : update.isUsed ? [] : [withoutUpdate(step, run)]),
    ...alone.map((install) => listsFor(install, run)),
    ...others.flatMap(({ head, joints: own }) => [...(head ? [listsFor(head, run)] : []), edited(...own)]),
  );
}

/** RUNs that become one. */
export interface RunGroup {
  /** The install it begins with; undefined for the group of the update itself. */
  readonly head: Install | undefined;
  readonly joints: readonly Edit[];
  readonly last: Step;
}

/** Installs that follow directly, each in a RUN that does nothing else, are one RUN with what they follow. */
export function groupsOf(step: Step, installs: readonly Install[]): readonly RunGroup[] {
  const groups: { head: Install | undefined; joints: Edit[]; last: Step }[] = [
    { head: undefined, joints: [], last: step },
  ];
  for (const install of installs) {
    const group = groups.at(-1);
    const isPlain = install.step.commands.every((command) => packageCommand(command) !== undefined);
    const joint = group && isPlain ? joinRuns(group.last, install.step) : undefined;
    if (group && joint) {
      group.joints.push(joint);
      group.last = install.step;
    } else groups.push({ head: install, joints: [], last: install.step });
  }
  return groups;
}

/** `apt-get update && ` in front of the install; apk needs but an option. */
export function listsFor({ step, install }: Install, update: PackageCommand): Change {
  if (install.manager === 'apk') return edited(...apkAdds(step));
  const options = update.options.flags.has('-qq') ? ' -qq' : '';
  return edited(commandBefore(step, install.command, `${sudoOf(step, install)}${install.program}${options} update`));
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
