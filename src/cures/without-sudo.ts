import { edited, fixOf, leftBecause } from '../edit/change.ts';
import { insertAfter, insertBefore, keywordAs } from '../edit/dockerfile.ts';
import { isScript, ownCommands } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { ShellCommand } from '../model/image/programs.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';

/** What sudo does where root asks it to run something as root. */
export function withoutSudo(step: Step, command: ShellCommand): Cure | undefined {
  const isRoot = step.user?.value === 'root' || step.user?.value === '0';
  if (isRoot && step.user)
    return fixOf(
      step.user.sure === 'certain'
        ? { title: 'Leave sudo out: the build is root here', safety: 'safe' }
        : { title: 'Leave sudo out', safety: 'review', note: 'the base image most likely runs as root' },
      edited(sudoOut(step, command)),
    );
  if (!step.user) return leftBecause('who runs the build here is not known');
  return asRoot(step);
}

/** `USER root` around RUNs all of whose commands call sudo: this one, and its like next to it. */
function asRoot(step: Step): Cure | undefined {
  const { steps, dockerfile } = step.stage;
  const user = step.user?.value;
  if (!isForRoot(step) || steps[step.index]?.instruction !== step.instruction)
    return leftBecause('some of what the RUN does belongs to the user, some to root: only you can part them');
  if (!user) return undefined;
  let [first, last] = [step.index, step.index];
  while (isForRoot(steps[first - 1])) first--;
  while (isForRoot(steps[last + 1])) last++;
  const group = steps.slice(first, last + 1);
  const [top, bottom] = [group[0], group.at(-1)];
  if (!top || !bottom) return undefined;
  const keyword = keywordAs(dockerfile, 'USER');
  return fixOf(
    {
      title: 'Run this as root by USER',
      safety: 'review',
      note: 'what it makes in the home of the user then belongs to root, as it did with sudo',
    },
    edited(
      insertBefore(dockerfile, top.instruction, [`${keyword} root`]),
      ...group.flatMap((one) =>
        ownCommands(one)
          .filter(({ words }) => words[0]?.text === 'sudo')
          .map((command) => sudoOut(one, command)),
      ),
      insertAfter(dockerfile, bottom.instruction, [`${keyword} ${user}`]),
    ),
  );
}

function isForRoot(step: Step | undefined): boolean {
  if (!step || !isScript(step)) return false;
  const own = ownCommands(step);
  return (
    own.some(({ words }) => words[0]?.text === 'sudo') &&
    own.every(({ words, name }) => words[0]?.text === 'sudo' || name === 'set') &&
    step.commands.every((one) => own.includes(one)) &&
    own.every((one) => !one.words.some(({ text }) => /^(?:-u|--user)/.test(text)))
  );
}

/** Takes out `sudo` and such of its options as change nothing for root. */
function sudoOut(step: Step, { words }: ShellCommand): Edit | undefined {
  const [sudo, ...rest] = words;
  const next = rest.find(({ text }) => !harmless.test(text));
  const { tree } = step.stage.dockerfile;
  if (sudo?.text !== 'sudo' || !next || next.text.startsWith('-')) return undefined;
  if (tree.text.slice(sudo.span.start, sudo.span.end) !== 'sudo') return undefined;
  return { span: { ...sudo.span, end: next.span.start }, text: '' };
}

const harmless = /^(?:-[EHn]+|--|--preserve-env|--set-home|--non-interactive)$/;
