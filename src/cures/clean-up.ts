import { edited, fixOf } from '../edit/change.ts';
import { appendCommand, commandBehind, sudoOf } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { ShellCommand } from '../read/shell/tree.ts';
import type { Cure, Fix } from '../vocabulary/fix.ts';

/** What cleans up after each package manager of a distribution, by its manual. */
const cleaners: Readonly<Record<string, string>> = {
  yum: 'yum clean all',
  dnf: 'dnf clean all',
  microdnf: 'microdnf clean all',
  tdnf: 'tdnf clean all',
  zypper: 'zypper clean --all',
  // `pacman -Scc --noconfirm` takes the default answer, which is no.
  pacman: 'rm -rf /var/cache/pacman/pkg/*',
};

/** Cleans up at the end of the RUN, so that whatever it still installs is covered. */
export function cleanUp(
  step: Step,
  run: { readonly manager: string; readonly program: string; readonly through: readonly string[] },
): Cure | undefined {
  const text = cleaners[run.manager]?.replace(/^dnf/, run.program);
  if (text === undefined) return undefined;
  return fixOf(
    { title: `Run "${text}" in the same layer`, safety: 'safe' },
    edited(appendCommand(step, `${sudoOf(step, run)}${text}`)),
  );
}

/** Cleans up right behind a command, while the program that does it is still there. */
export function cleanBehind(
  step: Step,
  command: ShellCommand,
  text: string,
  about: Pick<Fix, 'safety' | 'note'>,
): Cure {
  return fixOf({ title: `Run "${text}" in the same layer`, ...about }, edited(commandBehind(step, command, text)));
}
