import { type Options, readOptions } from '../../read/shell/options.ts';
import type { ShellCommand, ShellWord } from '../../read/shell/tree.ts';
import { effectiveCommand } from '../../read/shell/wrappers.ts';
import { remembered } from '../../vocabulary/lazily.ts';
import { programOf } from './programs.ts';

/** Package managers of languages. `mvn` and `gradle` stand for their wrappers (`./mvnw`) too. */
export type LanguageManager =
  | 'pip'
  | 'uv'
  | 'poetry'
  | 'pipenv'
  | 'npm'
  | 'yarn'
  | 'pnpm'
  | 'bun'
  | 'bundle'
  | 'gem'
  | 'composer'
  | 'go'
  | 'cargo'
  | 'mvn'
  | 'gradle'
  | 'dotnet';

/** A command of a language's package manager. */
export interface LanguageCommand {
  readonly manager: LanguageManager;
  /** As called: `pip3`, `python3 -m pip`. */
  readonly program: string;
  /** The first operand, or two where only both say what is meant: `install`, `ci`, `mod download`, `pip install`; `''` for none. */
  readonly verb: string;
  readonly verbWord: ShellWord | undefined;
  readonly options: Options;
  /** What follows the verb. */
  readonly operands: readonly ShellWord[];
  readonly command: ShellCommand;
}

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Options that take a value, by the programs' own help; the rest need no mention. */
const withValue: Readonly<Partial<Record<LanguageManager, readonly string[]>>> = {
  pip: list(`-r --requirement -c --constraint -i --index-url --extra-index-url --trusted-host -f --find-links -t --target
    --prefix --root --platform --python-version --implementation --abi --timeout --retries --proxy --cert --cache-dir --log
    --upgrade-strategy --no-binary --only-binary --global-option --install-option --config-settings -e --editable --src -d
    --dest --progress-bar --root-user-action --use-feature --use-deprecated --python --default-timeout --exists-action
    --report --client-cert --build -b --keyring-provider --group --requirements-from-script`),
  uv: list(`-r --requirement --requirements -c --constraint --constraints -i --index-url --default-index --index
    --extra-index-url -f --find-links -t --target --prefix -p --python --extra --group --only-group --no-group --project
    --directory --cache-dir --link-mode --index-strategy -e --editable --package --no-binary --only-binary`),
  poetry: list('-C --directory -P --project --with --without --only -E --extras'),
  pipenv: list('--python --categories --extra-pip-args -r --requirements -i --index'),
  npm: list(
    '--prefix -C --registry --loglevel --cache --omit --include --only -w --workspace --tag --userconfig --maxsockets',
  ),
  yarn: list('--cwd --registry --network-timeout --network-concurrency --cache-folder --modules-folder --mutex --mode'),
  pnpm: list('-C --dir -F --filter --store-dir --registry --reporter --network-concurrency'),
  bun: list('--cwd --registry --cache-dir --backend -c --config --filter'),
  bundle: list('--without --with -j --jobs --retry --path --gemfile --binstubs --shebang --standalone'),
  gem: list('-v --version -i --install-dir -n --bindir -s --source -P --trust-policy -p --http-proxy --platform'),
  composer: list('-d --working-dir --prefer-install --ignore-platform-req'),
  go: list('-o -p -mod -tags -ldflags -gcflags -asmflags -modfile -C'),
  cargo: list(
    '--version --vers --git --branch --tag --rev --path --root --index --registry -j --jobs --features -F --target --profile -p --package --bin --manifest-path --target-dir',
  ),
};

const programs: Readonly<Record<string, LanguageManager>> = {
  uv: 'uv',
  poetry: 'poetry',
  pipenv: 'pipenv',
  npm: 'npm',
  yarn: 'yarn',
  yarnpkg: 'yarn',
  pnpm: 'pnpm',
  bun: 'bun',
  bundle: 'bundle',
  bundler: 'bundle',
  gem: 'gem',
  composer: 'composer',
  'composer.phar': 'composer',
  go: 'go',
  cargo: 'cargo',
  mvn: 'mvn',
  mvnw: 'mvn',
  gradle: 'gradle',
  gradlew: 'gradle',
  dotnet: 'dotnet',
};

/** The command as a language's package manager's; undefined for any other. */
export function languageCommand(command: ShellCommand): LanguageCommand | undefined {
  const { name } = effectiveCommand(command);
  return name === undefined || !maybeManager(name) ? undefined : readCommand(command);
}

/** Most commands are none: told by the name alone, before anything is remembered of them. */
const maybeManager = (name: string) =>
  Object.hasOwn(programs, name) || /^(?:pip|python)/.test(name) || name === 'php' || name === 'corepack';

const readCommand = remembered((command: ShellCommand): LanguageCommand | undefined => {
  const { name, args: given } = programOf(command);
  if (name === undefined) return undefined;
  let program = name;
  let args = given;
  let manager = managerOf(name);
  const module = /^python\d?(?:\.\d+)?$/.test(name) ? moduleOf(args) : undefined;
  if (module) {
    manager = managerOf(module.name);
    program = `${name} -m ${module.name}`;
    args = args.slice(module.length);
  } else if (
    (name === 'php' && /composer/.test(args[0]?.text ?? '')) ||
    (name === 'corepack' && managerOf(args[0]?.text ?? ''))
  ) {
    manager = name === 'php' ? 'composer' : managerOf(args[0]?.text ?? '');
    program = `${name} ${args[0]?.text}`;
    args = args.slice(1);
  }
  if (!manager) return undefined;
  const options = readOptions(args, { withValue: withValue[manager] ?? [] });
  const [first, second, ...rest] = options.operands;
  const isPair =
    (manager === 'uv' && first?.text === 'pip') ||
    (manager === 'go' && first?.text === 'mod') ||
    first?.text === 'cache' ||
    first?.text === 'global';
  return {
    manager,
    program,
    verb: isPair ? `${first?.text} ${second?.text ?? ''}`.trim() : (first?.text ?? ''),
    verbWord: first,
    options,
    operands: isPair ? rest : options.operands.slice(1),
    command,
  };
});

function managerOf(name: string): LanguageManager | undefined {
  if (/^pip(?:\d(?:\.\d+)?)?$/.test(name)) return 'pip';
  return Object.hasOwn(programs, name) ? programs[name] : undefined;
}

/** `python3 -u -m pip`: the module, and how many words come before its own arguments. */
function moduleOf(args: readonly ShellWord[]): { readonly name: string; readonly length: number } | undefined {
  const at = args.findIndex((word) => word.text === '-m');
  const name = args[at + 1]?.text;
  if (at === -1 || name === undefined || args.slice(0, at).some((word) => !word.text.startsWith('-'))) return undefined;
  return { name, length: at + 2 };
}
