import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { PackageCommand } from '../model/image/package-commands.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { addOption } from './add-option.ts';

/** Answers the question that a package manager would ask. All of them take the option behind their verb. */
export function sayYes(step: Step, { manager, verbSpan, command: { words } }: PackageCommand): Cure {
  // `dnf module install nodejs`, `dnf group install …`: the verb is the second word.
  const at = words.findIndex((word) => word === verbSpan);
  const verb = verbSpan?.text === 'module' || verbSpan?.text === 'group' ? words[at + 1] : verbSpan;
  return addOption(step, verb, manager === 'pacman' ? '--noconfirm' : '-y');
}
