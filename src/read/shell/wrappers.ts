import { lazily } from '../../vocabulary/lazily.ts';
import { readOptions } from './options.ts';
import type { ShellCommand, ShellWord } from './tree.ts';

/** How a program that runs another one takes its own arguments. */
interface Wrapper {
  readonly withValue?: readonly string[];
  /** Arguments of its own before the command: gosu's user, timeout's duration. */
  readonly operands?: number;
  /** `NAME=value` may stand before the command. */
  readonly assignments?: boolean;
  /** With one of these it runs nothing, or something that is not written as words. */
  readonly not?: readonly string[];
  /** Without one of these it runs something that is not written as words. */
  readonly needs?: readonly string[];
  /** With one of these its own operands are left out. */
  readonly insteadOfOperands?: readonly string[];
  /** The command stands after a `--` among the arguments. */
  readonly afterDashes?: boolean;
}

const list = (words: string): readonly string[] => words.split(' ');

/** By the programs' manual pages; options without a value need no mention. */
const wrappers = lazily(
  (): Readonly<Record<string, Wrapper>> => ({
    builtin: {},
    busybox: {},
    catatonit: { withValue: ['-P'] },
    chpst: { withValue: list('-u -U -b -e -/ -C -n -l -L -m -d -o -p -f -c -t -a') },
    chroot: { operands: 1 },
    chrt: { operands: 1, withValue: list('-T -P -D') },
    command: { not: ['-v', '-V'] },
    'cross-env': { assignments: true },
    'dbus-run-session': {},
    'ddtrace-run': {},
    doas: { withValue: ['-u', '-C'], not: ['-s', '-C', '-L'] },
    dockerize: { withValue: list('-wait -timeout -template -stdout -stderr -env -poll -delims -wait-retry-interval') },
    'dumb-init': { withValue: ['-r', '--rewrite'] },
    eatmydata: {},
    env: {
      withValue: list('-u --unset -C --chdir -S --split-string'),
      assignments: true,
      not: ['-S', '--split-string'],
    },
    exec: { withValue: ['-a'] },
    fakeroot: { withValue: list('-l -s -i -b --lib --faked') },
    gosu: { operands: 1 },
    ionice: { withValue: list('-c -n -t --class --classdata'), not: ['-p', '--pid'] },
    'newrelic-admin': { operands: 1 },
    nice: { withValue: ['-n', '--adjustment'] },
    nohup: {},
    'opentelemetry-instrument': {},
    // Without -u it is a login, and runs what -c says.
    runuser: { withValue: list('-u --user -g --group -G --supp-group'), needs: ['-u', '--user'] },
    's6-setuidgid': { operands: 1 },
    setarch: { operands: 1 },
    setpriv: {
      withValue: list(
        '--reuid --regid --ruid --euid --rgid --egid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig --selinux-label --apparmor-profile --ptracer',
      ),
      not: ['-d', '--dump'],
    },
    setsid: {},
    setuser: { operands: 1 },
    stdbuf: { withValue: list('-i -o -e --input --output --error') },
    strace: { withValue: list('-e -o -p -s -u -E -a -O -S -P -I') },
    'su-exec': { operands: 1 },
    sudo: {
      withValue: list(
        '-u -g -h -p -C -r -t -T -U -D -R -a -c --user --group --host --prompt --close-from --role --type --command-timeout --other-user --chdir --chroot',
      ),
      assignments: true,
      not: list('-e --edit -l --list -v --validate -V --version'),
    },
    taskset: { operands: 1, not: ['-p', '--pid'] },
    time: { withValue: list('-f -o --format --output'), assignments: true },
    // busybox before 1.30 takes the duration as -t.
    timeout: { withValue: list('-s -k -t --signal --kill-after'), operands: 1, insteadOfOperands: ['-t'] },
    tini: { withValue: ['-p', '-e'] },
    'tini-static': { withValue: ['-p', '-e'] },
    unbuffer: {},
    'wait-for': { afterDashes: true },
    'wait-for-it': { afterDashes: true },
    'wait-for-it.sh': { afterDashes: true },
    xargs: {
      withValue: list('-I -n -P -L -d -E -s -a --max-args --max-procs --max-lines --max-chars --delimiter --arg-file'),
    },
    'xvfb-run': { withValue: list('-e -f -n -p -s -w --error-file --auth-file --server-num --server-args') },
  }),
);

export interface EffectiveCommand {
  /** As `ShellCommand.name`, of the program that is run in the end. */
  readonly name: string | undefined;
  /** Its name first, then its arguments. */
  readonly words: readonly ShellWord[];
  /** Names of the wrappers looked through, outermost first. */
  readonly through: readonly string[];
}

const none: readonly string[] = [];

/** The command behind `sudo -E`, `env A=b`, `exec`, `timeout 5`, `gosu user` and their kind; itself where there is none. */
export function effectiveCommand(command: Pick<ShellCommand, 'name' | 'words'>): EffectiveCommand {
  let { name, words } = command;
  // Nearly every command, asked about by nearly every rule: no new array for those.
  if (name === undefined || !Object.hasOwn(wrappers(), name)) return { name, words, through: none };
  const through: string[] = [];
  for (;;) {
    const wrapper: Wrapper | undefined =
      name !== undefined && Object.hasOwn(wrappers(), name) ? wrappers()[name] : undefined;
    const inner: readonly ShellWord[] | undefined = wrapper && wrappedWords(wrapper, words.slice(1));
    const first: ShellWord | undefined = inner?.[0];
    // Each round drops a word, but 100,000 times `sudo` would copy the rest each time.
    if (name === undefined || !inner || !first || through.length >= 20) return { name, words, through };
    through.push(name);
    words = inner;
    name = first.literal ? first.text.slice(first.text.lastIndexOf('/') + 1) || undefined : undefined;
  }
}

function wrappedWords(wrapper: Wrapper, words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  if (wrapper.afterDashes) {
    const dashes = words.findIndex((word) => word.text === '--');
    return dashes === -1 ? undefined : words.slice(dashes + 1);
  }
  const { flags, operands } = readOptions(words, { withValue: wrapper.withValue ?? [], stopAtOperand: true });
  if (wrapper.not?.some((flag) => flags.has(flag))) return undefined;
  if (wrapper.needs && !wrapper.needs.some((flag) => flags.has(flag))) return undefined;
  const own = wrapper.insteadOfOperands?.some((flag) => flags.has(flag)) ? 0 : (wrapper.operands ?? 0);
  let from = own;
  // `env -` is `env -i`.
  if (wrapper.assignments && operands[from]?.text === '-') from++;
  while (wrapper.assignments && /^[A-Za-z_]\w*=/.test(operands[from]?.text ?? '')) from++;
  // `gosu user -- command`, `sudo A=b -- command`
  if (from > 0 && operands[from]?.text === '--') from++;
  return operands.slice(from);
}
