import { edited, fixOf, leftBecause } from '../edit/change.ts';
import { insertBefore, keywordAs } from '../edit/dockerfile.ts';
import { commandBefore, heredocOf, isScript, ownCommands } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../model/image/image-of.ts';
import { managerIn } from '../model/image/manager-in.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Their /bin/sh takes `-o pipefail`: bash is it, or BusyBox (since 1.16). dash, of Debian and Ubuntu, learned it in 0.5.13 only. */
const plainShellKnows = new Set(['rhel', 'fedora', 'amazon', 'oracle', 'suse', 'photon', 'arch', 'alpine', 'wolfi']);

/** `set -o pipefail` where the image's shell knows it, else bash for the RUNs of the stage from the first such pipe on. */
export function failWithPipe(step: Step, first: Step): Cure | undefined {
  const { facts, software } = imageOfStage(step.stage);
  const manager = managerIn(step.stage);
  const isOwnShell = !step.shellIsSet || /\/(?:ba|a|da)?sh$/.test(step.shell[0] ?? '');
  if (step.instruction.form === 'exec' || !isOwnShell) return undefined;
  const knows = step.shellIsSet
    ? /\/(?:ba|a)sh$/.test(step.shell[0] ?? '')
    : facts?.os
      ? plainShellKnows.has(facts.os.family)
      : manager !== undefined && manager !== 'apt';
  const head = ownCommands(step)[0];
  if (knows && head && step.commands[0] === head && isScript(step)) {
    const cut = cutPipe([step]);
    if (cut) return cut;
    const set = head.name === 'set' ? head.words.at(-1) : undefined;
    const edit =
      set && head.words.length === 2 && /^-[a-z]+$/.test(set.text) && !set.text.includes('o')
        ? { span: { ...set.span, start: set.span.end }, text: ' -o pipefail' }
        : (commandBefore(step, head, 'set -o pipefail') ?? beforeAll(step, head));
    return fixOf(
      {
        title: 'Let the pipe fail with its first command',
        safety: 'review',
        note: 'the build stops where it went on before',
      },
      edited(edit),
    );
  }
  const { steps, dockerfile } = step.stage;
  if (step.shellIsSet || (software.has('bash').presence !== 'yes' && manager !== 'apt'))
    return leftBecause('no shell of the image is known that can be told to fail with the first command of a pipe');
  if (steps[first.index]?.instruction !== first.instruction) return leftBecause('ONBUILD holds it');
  const cut = cutPipe(steps.slice(first.index));
  if (cut) return cut;
  return fixOf(
    {
      title: 'Run what follows in bash with pipefail',
      safety: 'review',
      note: 'bash takes the place of the system shell for all lines below, a CMD in shell form included',
    },
    edited(
      insertBefore(dockerfile, first.instruction, [
        `${keywordAs(dockerfile, 'SHELL')} ["/bin/bash", "-o", "pipefail", "-c"]`,
      ]),
    ),
  );
}

/** In front of a command that is no plain member of a list (`a | b`): `set` cannot fail, so `;` would do as well. */
function beforeAll(step: Step, first: ShellCommand) {
  if (heredocOf(step.instruction)) return undefined;
  const { start, file } = first.span;
  return { span: { file, start, end: start }, text: 'set -o pipefail && ' };
}

/** Programs that say "nothing found" by failing, or that are meant to be stopped by their reader. */
const failsByNature = new Set(
  'yes grep egrep fgrep zgrep diff cmp test [ [[ expr which command type pgrep ls'.split(' '),
);
const stopsEarly = new Set('head grep egrep fgrep true sed awk read'.split(' '));

/** A pipe that works today and would fail then. */
function cutPipe(steps: readonly Step[]): Cure | undefined {
  for (const { commands, instruction } of steps) {
    if (instruction.keyword !== 'RUN') continue;
    for (const [index, command] of commands.entries()) {
      if (command.joint !== '|' && command.joint !== '|&') continue;
      const writer = commands[index - 1];
      if (!writer || writer.pipeline !== command.pipeline) continue;
      const [from, to] = [programOf(writer), programOf(command)];
      const stops =
        stopsEarly.has(to.name ?? '') &&
        (to.name === 'head' ||
          to.name === 'true' ||
          to.args.some(({ text }) => /^-[a-zA-Z]*[qm]|^\d*q$|exit/.test(text)));
      if (failsByNature.has(from.name ?? '') || (stops && !/^(?:echo|printf|cat)$/.test(from.name ?? '')))
        return leftBecause(`"${from.name} | ${to.name}" would fail the build then, though nothing is wrong with it`);
    }
  }
  return undefined;
}
