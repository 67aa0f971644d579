import { edited, fixOf } from '../edit/change.ts';
import { keywordAs, removeInstruction, replaceInstruction } from '../edit/dockerfile.ts';
import { removeCommand } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** SHELL for the lines below, in the place of a RUN that does nothing but change what /bin/sh is. */
export function shellInstruction(step: Step, command: ShellCommand): Cure | undefined {
  const { name, args } = programOf(command);
  const { dockerfile, steps } = step.stage;
  if (steps[step.index]?.instruction !== step.instruction) return undefined;
  if (name === 'chsh') {
    return fixOf(
      {
        title: 'Leave out "chsh", which changes nothing for RUN',
        safety: 'review',
        note: 'it changes the shell of people who log in',
      },
      edited(
        step.commands.length === 1 ? removeInstruction(dockerfile, step.instruction) : removeCommand(step, command),
      ),
    );
  }
  const source = args.at(-2)?.text ?? '';
  const shell = source === 'bash' ? '/bin/bash' : source;
  if (step.commands.length !== 1 || !/^\/(?:usr\/)?bin\/(?:bash|zsh)$/.test(shell)) return undefined;
  return fixOf(
    {
      title: `Run what follows in ${shell} by SHELL`,
      safety: 'review',
      note: 'scripts that begin with #!/bin/sh then run in the system shell again',
    },
    edited(replaceInstruction(step.instruction, `${keywordAs(dockerfile, 'SHELL')} ["${shell}", "-c"]`)),
  );
}
