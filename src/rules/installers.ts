import type { Dockerfile, Step } from '../model/dockerfile/dockerfile.ts';
import { type PackageCommand, packageCommand } from '../model/image/package-commands.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';
import { packageSteps, stepsIn } from './steps.ts';

const installers: ReadonlySet<string> = new Set(
  'sh bash source . eval make npx playwright ansible-playbook rosdep mk-build-deps gdebi install_packages tasksel nala apt-fast add-apt-repository python python3'.split(
    ' ',
  ),
);

/** A script may install with the fresh lists; what it does cannot be seen. */
export function mayInstall(command: ShellCommand): boolean {
  const { name, path } = programOf(command);
  if (packageCommand(command)) return false;
  return (
    name === undefined || installers.has(name) || /[./]/.test(path?.text.replace(/^\/(?:usr\/)?s?bin\//, '') ?? '')
  );
}

/** The later step has in its image what the earlier one left. */
export function isBuiltOn(later: Step, earlier: Step): boolean {
  if (later.stage === earlier.stage) return later.index > earlier.index;
  for (let stage = later.stage.from.stage; stage; stage = stage.from.stage) if (stage === earlier.stage) return true;
  return false;
}

export interface LaterInstall {
  readonly step: Step;
  readonly install: PackageCommand;
}

/** Installs and upgrades in later steps that bring no lists of their own: they take those that this step leaves. */
export function laterInstalls(dockerfile: Dockerfile, step: Step, manager: PackageCommand['manager']): LaterInstall[] {
  return packageSteps(dockerfile, 'build').flatMap(({ step: later, runs }) => {
    if (!isBuiltOn(later, step)) return [];
    const own = runs.filter((run) => run.manager === manager);
    const install = own.find(
      ({ verb, written }) =>
        verb === 'install' || verb === 'upgrade' || /^(?:source|download|satisfy|changelog)$/.test(written ?? ''),
    );
    return install && !own.some(bringsLists) ? [{ step: later, install }] : [];
  });
}

export function bringsLists({ verb, options: { flags } }: PackageCommand): boolean {
  return verb === 'update' || flags.has('--no-cache') || flags.has('-U') || flags.has('--update-cache');
}

/** Scripts of later steps, of which nobody knows what they install, or a container that installs when it starts. */
export function laterScripts(dockerfile: Dockerfile, step: Step): boolean {
  return stepsIn(dockerfile, 'build').some(
    (later) =>
      isBuiltOn(later, step) &&
      (later.instruction.keyword === 'RUN'
        ? later.commands.some(isInstaller)
        : later.commands.some((command) => packageCommand(command)?.verb === 'install')),
  );
}

const installing: ReadonlySet<string> = new Set(
  'ansible-playbook rosdep mk-build-deps gdebi install_packages tasksel nala apt-fast'.split(' '),
);

/**
 * A script of the project that may well call apt without fetching lists. Not `curl … | bash`: what strangers are given to
 * run fetches its own. Not `./configure`, `make` or programs with a folder before their name.
 */
function isInstaller(command: ShellCommand): boolean {
  const { name, path, args } = programOf(command);
  if (name === undefined) return true;
  if (installing.has(name)) return true;
  const script = /^(?:sh|bash|dash|source|\.)$/.test(name) ? args.find(({ text }) => !text.startsWith('-')) : path;
  const text = script?.text ?? '';
  return (
    /\.(?:sh|bash)$/.test(text) ||
    (/[/]/.test(text) && /install|setup|bootstrap|provision|prepare|depend|\bdeps\b|build/i.test(name))
  );
}
