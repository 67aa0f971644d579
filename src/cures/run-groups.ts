import { type Change, edited } from '../edit/change.ts';
import { joinRuns } from '../edit/join-runs.ts';
import { appendCommand, commandBefore, isScript, ownCommands, sudoOf, wordBehind } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { type PackageCommand, packageCommand } from '../model/image/package-commands.ts';
import type { Edit } from '../vocabulary/fix.ts';

/** A RUN that installs from package lists which an earlier one fetched. */
export interface Install {
  readonly step: Step;
  readonly install: PackageCommand;
}

/** RUNs that become one. */
export interface RunGroup {
  /** The install it begins with; undefined for the group of the update itself. */
  readonly head: Install | undefined;
  readonly joints: readonly Edit[];
  readonly last: Step;
  /** What joins its commands; undefined for a RUN that stays alone. */
  readonly joint: string | undefined;
}

/** Installs that follow directly, each in a RUN that does nothing else, are one RUN with what they follow. */
export function groupsOf(step: Step, installs: readonly Install[]): readonly RunGroup[] {
  const groups: (RunGroup & { joints: Edit[]; last: Step; joint: string | undefined })[] = [
    { head: undefined, joints: [], last: step, joint: undefined },
  ];
  for (const install of installs) {
    const group = groups.at(-1);
    const isPlain = install.step.commands.every((command) => packageCommand(command) !== undefined);
    const joint = group && isPlain ? joinRuns(group.last, install.step) : undefined;
    if (group && joint) {
      group.joints.push(joint.edit);
      group.last = install.step;
      group.joint = joint.joint;
    } else groups.push({ head: install, joints: [], last: install.step, joint: undefined });
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
    return run?.manager === 'apk' && (run.verb === 'install' || run.verb === 'upgrade')
      ? [wordBehind(step, run.verbSpan, '--no-cache')]
      : [];
  });
}

const lists = '/var/lib/apt/lists/*';

/** With what the last command removes already, or by a command of its own. */
export function removalIn({ last: step, joint }: RunGroup, run: PackageCommand): Edit | undefined {
  const last = ownCommands(step).at(-1);
  const isLast =
    last !== undefined && step.commands.at(-1) === last && last.joint !== '||' && last.redirects.length === 0;
  if (isLast && last.words[0]?.text === 'rm' && /^-(?:rf|fr)$/.test(last.words[1]?.text ?? '') && isScript(step))
    return wordBehind(step, last.words.at(-1), lists);
  return appendCommand(step, `${sudoOf(step, run)}rm -rf ${lists}`, joint);
}
