import type { PackageManager } from '../../knowledge/image-facts.ts';
import { type Options, readOptions } from '../../read/shell/options.ts';
import type { ShellCommand, ShellWord } from '../../read/shell/tree.ts';
import { effectiveCommand } from '../../read/shell/wrappers.ts';
import { remembered } from '../../vocabulary/lazily.ts';

/** A command of the distribution's package manager. */
export interface PackageCommand {
  readonly manager: PackageManager;
  /** As called: `apt-get`, `apt`, `aptitude`. */
  readonly program: string;
  /** `install` and `add` are `install`; `clean all` is `clean`; undefined without a verb (`apt-get --version`). */
  readonly verb: 'install' | 'update' | 'upgrade' | 'remove' | 'clean' | 'other' | undefined;
  /** The verb as written: `dist-upgrade`, `groupinstall`. */
  readonly written: string | undefined;
  readonly verbSpan: ShellWord | undefined;
  readonly options: Options;
  /** What follows the verb: packages, as written. */
  readonly packages: readonly ShellWord[];
  readonly command: ShellCommand;
  /** Wrappers it is called through: `sudo`. */
  readonly through: readonly string[];
}

const programs: Readonly<Record<string, PackageManager>> = {
  'apt-get': 'apt',
  apt: 'apt',
  aptitude: 'apt',
  apk: 'apk',
  dnf: 'dnf',
  dnf5: 'dnf',
  yum: 'yum',
  microdnf: 'microdnf',
  zypper: 'zypper',
  tdnf: 'tdnf',
  pacman: 'pacman',
};

const withValue: Readonly<Partial<Record<PackageManager, readonly string[]>>> = {
  apt: ['-o', '-t', '-c', '-a', '--option', '--target-release', '--default-release', '--config-file'],
  apk: [
    '-t',
    '--virtual',
    '-p',
    '--root',
    '-X',
    '--repository',
    '--keys-dir',
    '--repositories-file',
    '--arch',
    '--cache-dir',
    '--wait',
    '--cache-max-age',
  ],
  dnf: [
    '-c',
    '-d',
    '-e',
    '-x',
    '--installroot',
    '--releasever',
    '--setopt',
    '--enablerepo',
    '--disablerepo',
    '--repo',
    '--repoid',
    '--exclude',
    '--forcearch',
    '--repofrompath',
  ],
  yum: [
    '-c',
    '-d',
    '-e',
    '-x',
    '-R',
    '--installroot',
    '--releasever',
    '--setopt',
    '--enablerepo',
    '--disablerepo',
    '--exclude',
  ],
  microdnf: ['--installroot', '--releasever', '--setopt', '--enablerepo', '--disablerepo', '--exclude', '-x'],
  tdnf: ['--installroot', '--releasever', '--setopt', '--enablerepo', '--disablerepo', '--exclude', '-c'],
  zypper: [
    '-R',
    '--root',
    '-D',
    '--reposd-dir',
    '-C',
    '--cache-dir',
    '-p',
    '--plus-repo',
    '-r',
    '--repo',
    '--from',
    '-t',
    '--type',
    '-c',
    '--config',
  ],
};

const verbs: Readonly<Record<string, PackageCommand['verb']>> = {
  install: 'install',
  add: 'install',
  in: 'install',
  reinstall: 'install',
  rei: 'install',
  'install-n': 'install',
  'install-na': 'install',
  'install-nevra': 'install',
  localinstall: 'install',
  groupinstall: 'install',
  'build-dep': 'install',
  'install-new-recommends': 'install',
  'source-install': 'install',
  si: 'install',
  update: 'update',
  'check-update': 'update',
  makecache: 'update',
  refresh: 'update',
  ref: 'update',
  upgrade: 'upgrade',
  'dist-upgrade': 'upgrade',
  'full-upgrade': 'upgrade',
  'distro-sync': 'upgrade',
  'dist-sync': 'upgrade',
  dup: 'upgrade',
  up: 'upgrade',
  patch: 'upgrade',
  'update-minimal': 'upgrade',
  remove: 'remove',
  purge: 'remove',
  autoremove: 'remove',
  del: 'remove',
  erase: 'remove',
  rm: 'remove',
  autopurge: 'remove',
  clean: 'clean',
  cc: 'clean',
  autoclean: 'clean',
  'dist-clean': 'clean',
  distclean: 'clean',
};

/** The command as a package manager's; undefined for any other. `sudo`, `env` and their kind are looked through. */
export function packageCommand(command: ShellCommand): PackageCommand | undefined {
  const { name } = effectiveCommand(command);
  return name === undefined || programs[name] === undefined ? undefined : readCommand(command);
}

const readCommand = remembered((command: ShellCommand): PackageCommand | undefined => {
  const { name, words, through } = effectiveCommand(command);
  const manager = name === undefined ? undefined : programs[name];
  if (name === undefined || manager === undefined) return undefined;
  const options = readOptions(words.slice(1), { withValue: withValue[manager] ?? [] });
  if (manager === 'pacman') return pacmanCommand(command, name, options, through);
  const [verbWord, ...rest] = options.operands;
  // `dnf module install nodejs:18`, `yum group install "Development Tools"`
  const isPair = /^(?:module|groups?)$/.test(verbWord?.text ?? '') && manager !== 'apt' && rest[0]?.text === 'install';
  const packages = isPair ? rest.slice(1) : rest;
  const written = isPair ? `${verbWord?.text} install` : verbWord?.text;
  let verb = written === undefined ? undefined : isPair ? 'install' : (verbs[written] ?? 'other');
  // `yum update` and `dnf update` install newer packages; only apt, apk and zypper mean the index.
  if (written === 'update' && ['dnf', 'yum', 'microdnf', 'tdnf'].includes(manager)) verb = 'upgrade';
  if (written === 'update' && manager === 'zypper') verb = 'upgrade';
  return { manager, program: name, verb, written, verbSpan: verbWord, options, packages, command, through };
});

function pacmanCommand(
  command: ShellCommand,
  program: string,
  options: Options,
  through: readonly string[],
): PackageCommand {
  const word = options.all.find(({ name }) => /^-[SRU]/.test(name))?.word;
  const letters = word?.text ?? '';
  let verb: PackageCommand['verb'] = 'other';
  if (letters.startsWith('-R')) verb = 'remove';
  else if (/^-S[a-z]*c/.test(letters)) verb = 'clean';
  else if (/^-S[a-z]*u/.test(letters)) verb = options.operands.length > 0 ? 'install' : 'upgrade';
  else if (letters.startsWith('-S') || letters.startsWith('-U'))
    verb = options.operands.length > 0 ? 'install' : 'update';
  return {
    manager: 'pacman',
    program,
    verb: word ? verb : undefined,
    written: word?.text,
    verbSpan: word,
    options,
    packages: options.operands,
    command,
    through,
  };
}

/** The package's name without version, architecture or release: `curl=7.88.1-10`, `nginx:amd64`, `python3~3.12`. */
export function packageName(word: ShellWord): string {
  return word.text.replace(/[=<>~][\s\S]*|:[a-z0-9]+$|\/[\w-]+$/, '');
}
