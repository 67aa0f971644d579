import { cleanLanguageCache } from '../../cures/clean-language-cache.ts';
import { mountCache } from '../../cures/mount-cache.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../../model/image/image-of.ts';
import type { LanguageCommand } from '../../model/image/language-packages.ts';
import { isMounted, isRemoved } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, languageSteps } from '../steps.ts';

interface Cache {
  readonly verbs: RegExp;
  /** Words of which one must be there, for programs whose command line has no verb. */
  readonly goals?: RegExp;
  readonly folders: readonly string[];
  /** Variables that move the cache or switch it off. */
  readonly variables: readonly string[];
  readonly options: readonly string[];
  readonly removed: RegExp;
}

/** Where each keeps what it downloads beside what it installs. */
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
  // Bundler keeps each .gem file that it unpacks; `--no-cache` is about vendor/cache.
  bundle: {
    verbs: /^(?:install|update)?$/,
    folders: ['/usr/local/bundle', '~/.bundle', '~/.gem'],
    variables: [],
    options: [],
    removed: /cache|\.gem\b|bundle/i,
  },
  mvn: {
    verbs: /^/,
    goals: /^(?:compile|test|package|verify|install|deploy|dependency:.+|spring-boot:.+)$/,
    folders: ['~/.m2'],
    variables: [],
    options: ['-Dmaven.repo.local'],
    removed: /\.m2\b|maven/i,
  },
  gradle: {
    verbs: /^/,
    goals:
      /^(?::?[\w-]+:)*(?:build|assemble|dependencies|classes|test|check|jar|war|bootJar|bootWar|shadowJar|installDist|distTar|distZip)$/,
    folders: ['~/.gradle', '/home/gradle'],
    variables: ['GRADLE_USER_HOME'],
    options: ['-g', '--gradle-user-home'],
    removed: /gradle/i,
  },
  cargo: {
    verbs: /^(?:build|install|fetch)$/,
    folders: ['~/.cargo', '/usr/local/cargo', '/usr/local/cargo/registry'],
    variables: [],
    options: [],
    removed: /cargo/i,
  },
  go: {
    verbs: /^(?:build|install|get|mod download)$/,
    folders: ['/go', '~/go', '~/.cache', '/root/.cache'],
    variables: ['GOMODCACHE'],
    options: [],
    removed: /\bgo\b|go-build|gopath|\.cache\b|\/usr\/lib\/go/i,
  },
  dotnet: {
    verbs: /^(?:restore|build|publish)$/,
    folders: ['~/.nuget'],
    variables: ['NUGET_PACKAGES'],
    options: [],
    removed: /nuget/i,
  },
};

export const languageCacheLeft: Rule = {
  id: 'dockerfile/language-cache-left',
  summary: "Download cache of a language's package manager left in a layer of the image",
  why: 'They keep what they download beside what they install or build, so the image carries its dependencies twice, and more of them than ever run.',
  sources: [
    'https://getcomposer.org/doc/06-config.md#cache-dir',
    'https://python-poetry.org/docs/configuration/#cache-dir',
    'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
    'https://docs.gradle.org/current/userguide/directory_layout.html#dir:gradle_user_home',
    'https://go.dev/ref/mod#module-cache',
    'https://learn.microsoft.com/en-us/nuget/consume-packages/managing-the-global-packages-and-cache-folders',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: [],
  examples: { bad: 'bad-composer', good: 'good-cache-mount' },
  dockerfile(dockerfile, report) {
    // An image to build with holds all its tools anyway: `dockerfile/compilers-in-final-stage` says so.
    if (dockerfile.target && imageOfStage(dockerfile.target).facts?.buildStageOnly) return;
    for (const { step, runs } of languageSteps(dockerfile, 'image')) {
      for (const manager of new Set(runs.map((run) => run.manager))) {
        const cache = caches[manager];
        const last = cache && runs.findLast((run) => run.manager === manager && fills(run, cache));
        if (!cache || !last || isClean(step, last, cache, runs)) continue;
        report({
          at: last.command.span,
          message: `"${`${last.program} ${goalOf(last, cache)}`.trim()}" leaves its download cache in this layer`,
          fix: (wishes) => mountCache(step, manager, wishes) ?? cleanLanguageCache(step, last),
        });
      }
    }
  },
};

function fills(run: LanguageCommand, cache: Cache): boolean {
  if (['--version', '--help', '-v', '-h'].some((flag) => run.options.flags.has(flag))) return false;
  // Go's own library comes with Go.
  if (run.manager === 'go' && run.operands.every(({ text }) => text === 'std') && run.operands.length > 0) return false;
  return cache.verbs.test(run.verb) && (!cache.goals || goalOf(run, cache) !== '');
}

/** The verb; of Maven and Gradle the first goal or task that downloads. */
function goalOf(run: LanguageCommand, { goals }: Cache): string {
  return goals ? (run.command.words.find(({ text }) => goals.test(text))?.text ?? '') : run.verb;
}

function isClean(step: Step, run: LanguageCommand, cache: Cache, runs: readonly LanguageCommand[]): boolean {
  if (cache.options.some((name) => run.options.flags.has(name))) return true;
  const isSet = (name: string) =>
    step.scope.get(name) !== undefined || run.command.assignments.some((one) => one.name === name);
  // Whoever moves the cache knows of it.
  if (cache.variables.some(isSet) || isMounted(step, cache.folders)) return true;
  if (
    runs.some(
      ({ manager, verb }) => manager === run.manager && /^(?:clear-?cache|cc|cache clear|clean|nuget)$/.test(verb),
    )
  )
    return true;
  return isRemoved(commandsAfter(step, run.command), cache.removed);
}
