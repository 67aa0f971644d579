import { cleanLanguageCache } from '../../cures/clean-language-cache.ts';
import { mountCache } from '../../cures/mount-cache.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { LanguageCommand } from '../../model/image/language-packages.ts';
import { isMounted, isRemoved } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, languageSteps } from '../steps.ts';

interface Cache {
  readonly verbs: RegExp;
  readonly folders: readonly string[];
  /** Variables that move the cache or switch it off. */
  readonly variables: readonly string[];
  readonly options: readonly string[];
  readonly removed: RegExp;
}

/** Where each keeps what it downloads beside what it installs; compilers' caches belong to a build stage anyway. */
const caches: Readonly<Partial<Record<LanguageCommand['manager'], Cache>>> = {
  composer: {
    verbs: /^(?:install|i|update|require|create-project|global require)$/,
    folders: ['~/.composer/cache', '~/.cache/composer', '/tmp/cache'],
    variables: ['COMPOSER_CACHE_DIR'],
    options: ['--no-cache'],
    removed: /composer|\.cache\b/,
  },
  poetry: {
    verbs: /^(?:install|sync|add)$/,
    folders: ['~/.cache/pypoetry'],
    variables: ['POETRY_CACHE_DIR', 'POETRY_NO_CACHE'],
    options: ['--no-cache'],
    removed: /pypoetry|poetry_cache|POETRY_CACHE_DIR|\.cache\b/i,
  },
  pipenv: {
    verbs: /^(?:install|sync)$/,
    folders: ['~/.cache/pipenv', '~/.cache/pip'],
    variables: ['PIPENV_CACHE_DIR', 'PIP_NO_CACHE_DIR'],
    options: ['--clear'],
    removed: /\.cache\b|pipenv/,
  },
};

export const languageCacheLeft: Rule = {
  id: 'dockerfile/language-cache-left',
  summary: 'Download cache of Composer, Poetry or Pipenv left in a layer of the image',
  why: 'They keep every archive they download beside what they install, so the image carries its dependencies twice.',
  sources: [
    'https://getcomposer.org/doc/06-config.md#cache-dir',
    'https://python-poetry.org/docs/configuration/#cache-dir',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: [],
  examples: { bad: 'bad-composer', good: 'good-cache-mount' },
  dockerfile(dockerfile, report) {
    for (const { step, runs } of languageSteps(dockerfile, 'image')) {
      for (const manager of ['composer', 'poetry', 'pipenv'] as const) {
        const cache = caches[manager];
        const last = cache && runs.findLast((run) => run.manager === manager && cache.verbs.test(run.verb));
        if (!cache || !last || isClean(step, last, cache, runs)) continue;
        report({
          at: last.command.span,
          message: `"${last.program} ${last.verb}" leaves its download cache in this layer`,
          fix: (wishes) => mountCache(step, manager, wishes) ?? cleanLanguageCache(step, last),
        });
      }
    }
  },
};

function isClean(step: Step, run: LanguageCommand, cache: Cache, runs: readonly LanguageCommand[]): boolean {
  if (cache.options.some((name) => run.options.flags.has(name))) return true;
  const isSet = (name: string) =>
    step.scope.get(name) !== undefined || run.command.assignments.some((one) => one.name === name);
  // Whoever moves the cache knows of it.
  if (cache.variables.some(isSet) || isMounted(step, cache.folders)) return true;
  if (runs.some(({ manager, verb }) => manager === run.manager && /^(?:clear-?cache|cc|cache clear)$/.test(verb)))
    return true;
  return isRemoved(commandsAfter(step, run.command), cache.removed);
}
