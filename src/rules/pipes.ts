import type { Step } from '../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';
import { commandsNear, pipedInto } from './steps.ts';

/** Cannot fail in a way that matters, or only shape text that is there already. */
const harmless: ReadonlySet<string> = new Set(
  'echo printf yes true : cat ls env printenv nproc uname id whoami hostname date ldd find grep egrep fgrep sed awk gawk cut sort uniq head tail tr wc tac rev seq dpkg dpkg-query dpkg-architecture apt-mark apt-cache rpm scanelf apk readelf getconf which command type basename dirname jq xargs lsb_release ps df du getent test [ pwd tee strings file od base64 history locale fc-list pip pip3 go node'.split(
    ' ',
  ),
);
/** A program whose failure its pipe hides. */
export interface HiddenFailure {
  readonly command: ShellCommand;
  readonly name: string;
  /** It hardly fails, or nobody would mind. */
  readonly isHarmless: boolean;
}

/** Programs of a RUN that pipe their output to others while no pipefail is set. */
export function hiddenFailures(step: Step): readonly HiddenFailure[] {
  if (isSet(step)) return [];
  return step.commands.flatMap((command) => {
    const { name } = programOf(command);
    if (name === undefined || pipedInto(step, command).length === 0) return [];
    // In `if a | b` and `a | b || c` a failure is looked at, if not at the right place.
    if (command.within.includes('condition') || command.negated || isCaught(step, command)) return [];
    return [{ command, name, isHarmless: harmless.has(name) }];
  });
}

function isSet(step: Step): boolean {
  if (step.shell.some((word) => /pipefail/.test(word))) return true;
  if (step.shell[0] && /pwsh|powershell|cmd/i.test(step.shell[0])) return true;
  return step.commands.some(({ words }) => words.some(({ text }) => text === 'pipefail'));
}

/** `curl … | tar x || exit 1`, or a later test of what came out. */
function isCaught(step: Step, command: ShellCommand): boolean {
  const last = pipedInto(step, command).at(-1);
  const after = last && commandsNear(step, last).find((other) => other.span.start > last.span.start);
  return after?.joint === '||';
}
