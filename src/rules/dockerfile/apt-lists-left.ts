import { dropLists } from '../../cures/drop-lists.ts';
import { mountCache } from '../../cures/mount-cache.ts';
import type { PackageCommand } from '../../model/image/package-commands.ts';
import { laterInstalls, laterScripts } from '../installers.ts';
import { isMounted, isRemoved } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, packageSteps } from '../steps.ts';

export const aptListsLeft: Rule = {
  id: 'dockerfile/apt-lists-left',
  summary: 'apt package lists left in a layer of the image',
  why: 'The lists add 20 to 50 MB to every pull, are out of date within days, and a later layer that deletes them frees nothing.',
  sources: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: [
    'hadolint:DL3009',
    'kics:apt_get_install_lists_were_not_deleted',
    'semgrep:remove-package-lists',
    'semgrep:remove-package-cache',
    'dockle:DKL-DI-0005',
    'dockerfilelint:apt-get_missing_rm',
  ],
  examples: { bad: 'bad-update-and-install', good: 'good-removed-in-the-same-run' },
  dockerfile(dockerfile, report) {
    const steps = packageSteps(dockerfile, 'image');
    const installs = steps.some((one) => one.runs.some(({ manager, verb }) => manager === 'apt' && verb === 'install'));
    for (const { step, runs } of steps) {
      const update = runs.findLast(({ manager, verb }) => manager === 'apt' && verb === 'update');
      if (!update || isMounted(step, ['/var/lib/apt/lists'])) continue;
      const after = commandsAfter(step, update.command);
      if (isRemoved(after, /^\/var\/lib\/(?:apt\/?|apt\/lists\b.*|\*|\{.*apt.*)$/)) continue;
      // `apt-get dist-clean` (apt 2.7) takes the lists too; plain `clean` only the packages.
      if (runs.some(({ written }) => written === 'dist-clean' || written === 'distclean')) continue;
      report({
        at: update.command.span,
        message: `"${update.program} ${update.written}" leaves its package lists in this layer`,
        confidence: step.certain ? 'certain' : 'likely',
        fix: (wishes) => {
          const installs = laterInstalls(dockerfile, step, 'apt');
          // What a mount keeps is not there for a later RUN.
          const mounted = installs.length === 0 ? mountCache(step, 'apt', wishes) : undefined;
          return mounted ?? dropLists(step, update, installs, laterScripts(dockerfile, step) ? 'review' : 'safe');
        },
        aliases: aliasesFor(installs, runs),
      });
    }
  },
};

/** KICS looks at installs, and one of semgrep's two rules only at `apt-get clean`, which takes packages and not the lists. */
function aliasesFor(installs: boolean, runs: readonly PackageCommand[]): readonly string[] {
  const isCleaned = runs.some(({ manager, verb }) => manager === 'apt' && verb === 'clean');
  return aptListsLeft.aliases.filter(
    (alias) => (installs || !alias.startsWith('kics:')) && !(isCleaned && alias === 'semgrep:remove-package-cache'),
  );
}
