import { fetchListsHere } from '../../cures/fetch-lists-here.ts';
import { laterInstalls, laterScripts, mayInstall } from '../installers.ts';
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
  byHand: 'only you know which packages were meant to be new; a newer base image brings them',
  examples: { bad: 'bad-apt-get', good: 'good-with-install' },
  dockerfile(dockerfile, report) {
    const steps = packageSteps(dockerfile, 'build');
    for (const { step, runs } of steps) {
      // dnf and yum "update" installs what is newer; cached, it does so once and never again.
      const update = runs.findLast(({ verb, written }) => verb === 'update' || written === 'update');
      if (!update || runs.some((run) => run.manager === update.manager && run.verb === 'install')) continue;
      if (isMounted(step, ['/var/lib/apt/lists', '/var/cache/apk'])) continue;
      if (commandsAfter(step, update.command).some(mayInstall)) continue;
      const installs = laterInstalls(dockerfile, step, update.manager);
      const stale = installs.find(({ install }) => install.verb === 'install')?.install;
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
        fix: () =>
          fetchListsHere({ step, run: update, isUsed: usedUp }, installs, {
            safety: 'review',
            ...(laterScripts(dockerfile, step) ? { note: 'look whether a script installs from these lists, too' } : {}),
          }),
      });
    }
  },
};
