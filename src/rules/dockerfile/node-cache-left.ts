import { cleanNodeCache } from '../../cures/clean-node-cache.ts';
import { mountCache } from '../../cures/mount-cache.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { LanguageCommand } from '../../model/image/language-packages.ts';
import { isMounted, isRemoved } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, languageSteps } from '../steps.ts';

export const nodeCacheLeft: Rule = {
  id: 'dockerfile/node-cache-left',
  summary: 'npm or yarn download cache left in a layer of the image',
  why: 'Both keep a copy of every package they download, so the image carries its dependencies twice.',
  sources: ['https://docs.npmjs.com/cli/commands/npm-cache', 'https://classic.yarnpkg.com/lang/en/docs/cli/cache/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL3060'],
  examples: { bad: 'bad-npm-ci', good: 'good-cache-cleaned' },
  dockerfile(dockerfile, report, project) {
    for (const { step, runs } of languageSteps(dockerfile, 'image')) {
      // pnpm and bun link from their store, so it costs nothing on the same filesystem.
      for (const manager of ['npm', 'yarn'] as const) {
        const last = runs.findLast((run) => run.manager === manager && fills(run));
        if (!last || isClean(step, last, runs)) continue;
        report({
          at: last.command.span,
          message: `"${last.program}${last.verb ? ` ${last.verb}` : ''}" leaves its download cache in this layer`,
          aliases: manager === 'yarn' ? nodeCacheLeft.aliases : [],
          fix: (wishes) =>
            mountCache(step, manager, wishes) ?? cleanNodeCache(step, last, project.contextOf(dockerfile)),
        });
      }
    }
  },
};

function fills({ manager, verb, options, operands }: LanguageCommand): boolean {
  if (options.flags.has('--version') || options.flags.has('-v') || options.flags.has('--help')) return false;
  if (manager === 'npm') return ['install', 'i', 'ci', 'clean-install', 'add'].includes(verb);
  // `yarn set version`, `yarn config` and scripts download nothing; a bare `yarn` installs.
  return verb === 'install' || verb === 'add' || verb === 'global add' || (verb === '' && operands.length === 0);
}

function isClean(step: Step, run: LanguageCommand, runs: readonly LanguageCommand[]): boolean {
  const folder =
    run.manager === 'npm'
      ? ['~/.npm']
      : ['~/.cache/yarn', '/usr/local/share/.cache/yarn', '~/.yarn', '~/.yarn/berry/cache'];
  const configured = [
    step.scope.get('npm_config_cache')?.value,
    step.scope.get('NPM_CONFIG_CACHE')?.value,
    step.scope.get('YARN_CACHE_FOLDER')?.value,
  ].filter((path) => path !== undefined);
  if (
    isMounted(step, [...folder, ...configured]) ||
    configured.some((path) => path.startsWith('/tmp') || path.startsWith('/dev'))
  )
    return true;
  const cache = run.options.flags.get('--cache') ?? run.options.flags.get('--cache-folder');
  if (cache && cache !== true && /^\/(?:tmp|dev)\b/.test(cache.text)) return true;
  if (runs.some(({ verb, manager }) => manager === run.manager && /^cache (?:clean|clear|rm)$/.test(verb))) return true;
  return isRemoved(
    commandsAfter(step, run.command),
    /\.npm\b|\.cache\b|\.yarn\b|yarn-?cache|_cacache|^(?:~|\/root)\/(?:\.\*|\*)$|^\/root\/?$|^\/tmp\/\*$|\/yarn\//,
  );
}
