import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { type PackageCommand, packageCommand } from '../../model/image/package-commands.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import { isMounted } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, packageSteps } from '../steps.ts';

export const updateAlone: Rule = {
  id: 'dockerfile/update-alone',
  summary: 'Package lists fetched in a layer of their own',
  why: 'The layer stays in the build cache, so a later build installs from lists that are weeks old: old versions at best, "404 Not Found" at worst.',
  sources: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: [
    'trivy:DS-0017',
    'kics:update_instruction_alone',
    'checkov:CKV_DOCKER_5',
    'dockle:CIS-DI-0007',
    'dockerfilelint:apt-get-update_require_install',
  ],
  examples: { bad: 'bad-apt-get', good: 'good-with-install' },
  dockerfile(dockerfile, report) {
    const steps = packageSteps(dockerfile, 'build');
    for (const [index, { step, runs }] of steps.entries()) {
      // dnf and yum "update" installs what is newer; cached, it does so once and never again.
      const update = runs.findLast(({ verb, written }) => verb === 'update' || written === 'update');
      if (!update || runs.some((run) => run.manager === update.manager && run.verb === 'install')) continue;
      if (isMounted(step, ['/var/lib/apt/lists', '/var/cache/apk'])) continue;
      if (commandsAfter(step, update.command).some(mayInstall)) continue;
      const later = steps.slice(index + 1).filter((other) => isBuiltOn(other.step, step));
      const stale = firstInstallWithoutUpdate(later, update.manager);
      // `update && upgrade` uses its lists itself; it does harm only where a later install relies on them.
      const usedUp = update.verb === 'update' && runs.some(({ verb }) => verb === 'upgrade');
      if (usedUp && !stale) continue;
      report({
        at: update.command.span,
        // dnf, yum and zypper fetch lists anew when they are old; apt, apk and pacman take what is there.
        severity: stale && ['apt', 'apk', 'pacman'].includes(update.manager) ? 'medium' : 'low',
        message:
          update.verb === 'update'
            ? `"${update.program} ${update.written}" is cached as a layer of its own, apart from any install`
            : `"${update.program} ${update.written}" is cached as a layer of its own: later builds bring no newer packages`,
        ...(stale ? { related: [{ at: stale.command.span, message: 'this installs from the cached lists' }] } : {}),
      });
    }
  },
};

function isBuiltOn(later: Step, earlier: Step): boolean {
  if (later.stage === earlier.stage) return later.index > earlier.index;
  for (let stage = later.stage.from.stage; stage; stage = stage.from.stage) if (stage === earlier.stage) return true;
  return false;
}

function firstInstallWithoutUpdate(
  steps: readonly { readonly step: Step; readonly runs: readonly PackageCommand[] }[],
  manager: PackageCommand['manager'],
): PackageCommand | undefined {
  for (const { runs } of steps) {
    const own = runs.filter((run) => run.manager === manager);
    const install = own.find(({ verb }) => verb === 'install');
    if (
      own.some(
        ({ verb, options }) =>
          verb === 'update' ||
          options.flags.has('--no-cache') ||
          options.flags.has('-U') ||
          options.flags.has('--update-cache'),
      )
    )
      continue;
    if (install) return install;
  }
  return undefined;
}

const installers: ReadonlySet<string> = new Set(
  'sh bash source . eval make npx playwright ansible-playbook rosdep mk-build-deps gdebi install_packages tasksel nala apt-fast add-apt-repository python python3'.split(
    ' ',
  ),
);

/** A script may install with the fresh lists; what it does cannot be seen. */
function mayInstall(command: ShellCommand): boolean {
  const { name, path } = programOf(command);
  if (packageCommand(command)) return false;
  return (
    name === undefined || installers.has(name) || /[./]/.test(path?.text.replace(/^\/(?:usr\/)?s?bin\//, '') ?? '')
  );
}
