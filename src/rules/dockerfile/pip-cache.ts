import { addOption } from '../../cures/add-option.ts';
import { mountCache } from '../../cures/mount-cache.ts';
import { leftBecause } from '../../edit/change.ts';
import { endOfLife } from '../../knowledge/end-of-life.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../../model/image/image-of.ts';
import type { LanguageCommand } from '../../model/image/language-packages.ts';
import { withoutEndSlashes } from '../../vocabulary/path-end.ts';
import { isConfigured, isMounted, isRemoved } from '../leftovers.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, languageSteps } from '../steps.ts';

export const pipCache: Rule = {
  id: 'dockerfile/pip-cache',
  summary: 'pip download cache left in a layer of the image',
  why: 'pip keeps every wheel it downloads beside what it installs, so the image carries its dependencies twice.',
  sources: ['https://pip.pypa.io/en/stable/topics/caching/#disabling-caching'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL3042', 'kics:pip_install_keeping_cached_packages', 'semgrep:missing-pip-no-cache-dir'],
  examples: { bad: 'bad-requirements', good: 'good-no-cache-dir' },
  dockerfile(dockerfile, report, { today }) {
    for (const { step, runs } of languageSteps(dockerfile, 'image')) {
      for (const run of runs) {
        if (!isInstall(run) || isOff(step, run) || isBeforeCaching(step, run, today)) continue;
        report({
          at: run.command.span,
          message: `"${run.program} ${run.verb}" leaves its download cache in this layer`,
          aliases: run.manager === 'pip' ? pipCache.aliases : [],
          // An unknown base may have an old pip, or one that is configured.
          confidence: step.certain && imageOfStage(step.stage).facts ? 'certain' : 'likely',
          fix: (wishes) =>
            mountCache(step, run.manager, wishes) ??
            (run.manager === 'uv'
              ? uvWithoutCache(step, run)
              : isOldBase(step, today)
                ? // The very pip that fetches a newer one does not know the option.
                  leftBecause(
                    'the distribution has a pip that does not know --no-cache-dir, until a newer one is installed',
                  )
                : addOption(
                    step,
                    run.verbWord,
                    '--no-cache-dir',
                    imageOfStage(step.stage).facts
                      ? {}
                      : {
                          safety: 'review',
                          note: 'pip older than 6 (2014) does not know it, and this base image is not known',
                        },
                  )),
        });
      }
    }
  },
};

/** `uv pip install --no-cache`, `uv sync --no-cache`. */
function uvWithoutCache(step: Step, { verb, verbWord, command }: LanguageCommand) {
  const at = command.words.findIndex((word) => word === verbWord);
  return addOption(step, command.words[verb === 'sync' ? at : at + 1], '--no-cache');
}

function isInstall({ manager, verb, options }: LanguageCommand): boolean {
  if (options.flags.has('--help') || options.flags.has('--version')) return false;
  return manager === 'pip' ? verb === 'install' : manager === 'uv' && (verb === 'pip install' || verb === 'sync');
}

function isOff(step: Step, run: LanguageCommand): boolean {
  const { options, command, manager } = run;
  if (['--no-cache-dir', '--no-cache', '-n'].some((name) => options.flags.has(name))) return true;
  if (options.flags.has('--cache-dir') && isTemporary(options.flags.get('--cache-dir'))) return true;
  // pip takes any value of PIP_NO_CACHE_DIR for "off", even `false` (pip/_internal/cli/cmdoptions.py says why).
  const variable = manager === 'pip' ? 'PIP_NO_CACHE_DIR' : 'UV_NO_CACHE';
  const set = step.scope.get(variable);
  if (set && set.value !== '') return true;
  const setHere = step.commands.some(
    ({ assignments, words }) =>
      assignments.some(({ name }) => name === variable) || words.some(({ text }) => text.startsWith(`${variable}=`)),
  );
  if (setHere) return true;
  if (command.words.some((word) => /^\$\{?\w*(?:OPT|ARG|FLAG)/i.test(word.text))) return true;
  const cacheFolders =
    manager === 'pip'
      ? ['~/.cache/pip', ...folderOf(step, 'PIP_CACHE_DIR')]
      : ['~/.cache/uv', ...folderOf(step, 'UV_CACHE_DIR')];
  if (isMounted(step, cacheFolders)) return true;
  if (isConfigured(step, /no-cache-dir(?:\s*=\s*|\s+)(?:true|1|yes)|pip3? cache purge/i)) return true;
  return isRemoved(
    commandsAfter(step, command),
    /(?:^|\/)\.cache\b|\/cache\/pip\b|^(?:~|\/root)\/(?:\.\*|\*|\.c\*)$|^\/root\/?$/,
  );
}

/**
 * pip caches since 6.0 (https://pip.pypa.io/en/stable/news/#v6-0): the packages of Debian 8, Ubuntu 14.04 and older are
 * 1.x, unless a line fetches a newer one.
 */
function isBeforeCaching(step: Step, { manager }: LanguageCommand, today: string): boolean {
  return (
    manager === 'pip' &&
    isOldBase(step, today) &&
    !isConfigured(
      step,
      /get-pip|easy_install\S* [^\n&|;]{0,80}\bpip\b|(?:-U|--upgrade) [^\n&|;]{0,80}\bpip\b|pip[=~<>]=/,
    )
  );
}

function isOldBase({ stage }: Step, today: string): boolean {
  const { base, facts } = imageOfStage(stage);
  if (!base || facts?.kind !== 'base') return false;
  return endOfLife(base, today).some(
    ({ product, cycle }) =>
      (product === 'debian' && Number(cycle) <= 8) || (product === 'ubuntu' && Number(cycle) < 14.1),
  );
}

function folderOf(step: Step, variable: string): string[] {
  const value = step.scope.get(variable)?.value;
  return value ? [withoutEndSlashes(value)] : [];
}

function isTemporary(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'text' in value && /^\/(?:tmp|dev\/null)/.test(String(value.text))
  );
}
