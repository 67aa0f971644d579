import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { PackageCommand } from '../model/image/package-commands.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { addOption } from './add-option.ts';

/** Answers the question that a package manager would ask. All of them take the option behind their verb. */
export function sayYes(step: Step, { manager, verbSpan }: PackageCommand): Cure {
  return addOption(step, verbSpan, manager === 'pacman' ? '--noconfirm' : '-y');
}
