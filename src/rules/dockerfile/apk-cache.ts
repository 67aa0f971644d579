import { addWithoutCache } from '../../cures/add-without-cache.ts';
import { mountCache } from '../../cures/mount-cache.ts';
import { isMounted, isRemoved } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, packageSteps } from '../steps.ts';

export const apkCache: Rule = {
  id: 'dockerfile/apk-cache',
  summary: 'apk package index left in a layer of the image',
  why: 'The index is a few MB of every pull that serves nobody, and packages later installed from it are old or gone from the mirror.',
  sources: [
    'https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper',
    'https://github.com/gliderlabs/docker-alpine/blob/master/docs/usage.md#disabling-cache',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: [
    'hadolint:DL3019',
    'trivy:DS-0025',
    'kics:apk_add_using_local_cache_path',
    'semgrep:missing-apk-no-cache',
    'dockle:DKL-DI-0004',
    'dockerfilelint:apkadd-missing_nocache_or_updaterm',
  ],
  examples: { bad: 'bad-plain-add', good: 'good-no-cache' },
  dockerfile(dockerfile, report) {
    for (const { step, runs } of packageSteps(dockerfile, 'image')) {
      if (isMounted(step, ['/var/cache/apk', '/etc/apk/cache'])) continue;
      for (const run of runs) {
        if (run.manager !== 'apk' || run.verb !== 'install') continue;
        const { flags } = run.options;
        // With --root or -p it fills another tree, often one that is copied out.
        if (['--no-cache', '--no-network', '--root', '-p', '--cache-dir'].some((name) => flags.has(name))) continue;
        if (run.command.words.some((word) => /^\$\{?\w*(?:OPT|ARG|FLAG)/i.test(word.text))) continue;
        if (isRemoved(commandsAfter(step, run.command), /^(?:\/var\/cache\b|\/etc\/apk\/cache\b|\/var\/\{)/)) continue;
        report({
          at: run.command.span,
          message: '"apk add" leaves its package index in this layer',
          fix: (wishes) => mountCache(step, 'apk', wishes) ?? addWithoutCache(step, run),
        });
      }
    }
  },
};
