import { edited, fixOf, leftBecause } from '../edit/change.ts';
import { insertAfter, keywordAs, replaceInstruction } from '../edit/dockerfile.ts';
import { removeCommand } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { ShellCommand } from '../read/shell/tree.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** `RUN cd /app` as the WORKDIR it was meant to be. */
export function cdToWorkdir(step: Step, command: ShellCommand): Cure | undefined {
  const target = command.words[1];
  const { dockerfile } = step.stage;
  if (!target?.literal || command.words.length > 2 || !/^[\w./-]+$/.test(target.text) || target.text === '-')
    return leftBecause('where it leads is known only when it runs');
  const before = step.commands.slice(0, -1);
  // `cd /a && cd b`: the second alone does not say where.
  if (!target.text.startsWith('/') && before.some(({ name }) => name === 'cd' || name === 'pushd'))
    return leftBecause('it leads on from an earlier "cd"');
  if (step.stage.steps[step.index]?.instruction !== step.instruction) return leftBecause('ONBUILD holds it');
  const line = `${keywordAs(dockerfile, 'WORKDIR')} ${target.text}`;
  return fixOf(
    {
      title: `Write ${line}`,
      safety: 'review',
      note: 'what follows then works in that directory, as it was meant to: look at relative paths below',
    },
    before.length === 0
      ? edited(replaceInstruction(step.instruction, line))
      : edited(removeCommand(step, command), insertAfter(dockerfile, step.instruction, [line])),
  );
}
