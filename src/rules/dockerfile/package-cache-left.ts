import { cleanUp } from '../../cures/clean-up.ts';
import { mountCache } from '../../cures/mount-cache.ts';
import type { PackageCommand } from '../../model/image/package-commands.ts';
import { isConfigured, isMounted, isRemoved } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, packageSteps } from '../steps.ts';

/** Where each keeps what it downloads, how others call leaving it there, and what removes it. */
const caches: Readonly<
  Partial<Record<PackageCommand['manager'], { paths: readonly string[]; aliases: readonly string[] }>>
> = {
  yum: {
    paths: ['/var/cache/yum', '/var/cache/dnf'],
    aliases: ['hadolint:DL3032', 'trivy:DS-0015', 'kics:yum_clean_all_missing', 'semgrep:missing-yum-clean-all'],
  },
  dnf: {
    paths: ['/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/yum'],
    aliases: ['hadolint:DL3040', 'trivy:DS-0019', 'kics:missing_dnf_clean_all', 'semgrep:missing-dnf-clean-all'],
  },
  microdnf: { paths: ['/var/cache/yum', '/var/cache/dnf'], aliases: ['hadolint:DL3040', 'trivy:DS-0027'] },
  tdnf: { paths: ['/var/cache/tdnf'], aliases: [] },
  zypper: {
    paths: ['/var/cache/zypp', '/var/cache/zypper'],
    aliases: ['hadolint:DL3036', 'trivy:DS-0020', 'kics:missing_zypper_clean', 'semgrep:missing-zypper-clean'],
  },
  pacman: { paths: ['/var/cache/pacman', '/var/cache/pacman/pkg'], aliases: [] },
};

export const packageCacheLeft: Rule = {
  id: 'dockerfile/package-cache-left',
  summary: 'Downloaded packages and metadata left in a layer of the image',
  why: 'Metadata and packages of yum, dnf, zypper or pacman add tens to hundreds of MB to every pull, and deleting them in a later layer frees nothing.',
  sources: [
    'https://dnf.readthedocs.io/en/latest/command_ref.html#clean-command',
    'https://docs.docker.com/build/building/best-practices/#minimize-the-number-of-layers',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: [...new Set(Object.values(caches).flatMap(({ aliases }) => aliases))],
  examples: { bad: 'bad-dnf', good: 'good-dnf-clean' },
  dockerfile(dockerfile, report) {
    for (const { step, runs } of packageSteps(dockerfile, 'image')) {
      const filled = runs.findLast((run) => caches[run.manager] && (run.verb === 'install' || run.verb === 'upgrade'));
      const cache = filled && caches[filled.manager];
      if (!filled || !cache || isMounted(step, cache.paths) || fillsElsewhere(filled)) continue;
      const after = commandsAfter(step, filled.command);
      // What counts is the cleaning after the last install; yum and dnf clean up for one another.
      if (runs.some((run) => run.verb === 'clean' && after.includes(run.command))) continue;
      // pacman's own cleaner, of pacman-contrib.
      if (after.some(({ name }) => name === 'paccache')) continue;
      if (
        isRemoved(
          after,
          /^\/var\/cache(?:\/(?:yum|dnf|libdnf5|tdnf|zypp|zypper|pacman)\b.*|\/?\*?|\/?\{.*)$|^\/var\/\*$/,
        )
      )
        continue;
      // No cache is kept where the settings say so (the default of RHEL and Fedora drops packages, not metadata).
      if (isConfigured(step, /cachedir\s*=\s*\/(?:tmp|dev)/)) continue;
      report({
        at: filled.command.span,
        message: `"${filled.program} ${filled.written}" leaves its cache in this layer`,
        // Of upgrades the others look only at patches.
        aliases: filled.verb === 'install' || filled.written === 'patch' ? cache.aliases : [],
        confidence: step.certain ? 'certain' : 'likely',
        fix: (wishes) => mountCache(step, filled.manager, wishes) ?? cleanUp(step, filled),
      });
    }
  },
};

function fillsElsewhere({ options }: PackageCommand): boolean {
  return options.flags.has('--installroot') || options.flags.has('--root') || options.flags.has('-R');
}
