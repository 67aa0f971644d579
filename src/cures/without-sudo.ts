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

/** `USER root` around a RUN all of whose commands call sudo. */
function asRoot(step: Step): Cure | undefined {
  const own = ownCommands(step);
  const { dockerfile } = step.stage;
  const user = step.user?.value;
  const all = isScript(step) && own.every((one) => one.words[0]?.text === 'sudo' || one.name === 'set');
  const isWhole = own.length > 0 && step.commands.every((one) => own.includes(one));
  if (!all || !isWhole || step.stage.steps[step.index]?.instruction !== step.instruction)
    return leftBecause('some of what the RUN does belongs to the user, some to root: only you can part them');
  if (!user) return undefined;
  const keyword = keywordAs(dockerfile, 'USER');
  return fixOf(
    {
      title: 'Run this as root by USER',
      safety: 'review',
      note: 'what it makes in the home of the user then belongs to root, as it did with sudo',
    },
    edited(
      insertBefore(dockerfile, step.instruction, [`${keyword} root`]),
      ...own.filter(({ words }) => words[0]?.text === 'sudo').map((one) => sudoOut(step, one)),
      insertAfter(dockerfile, step.instruction, [`${keyword} ${user}`]),
    ),
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
