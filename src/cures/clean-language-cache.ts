import { leftBecause } from '../edit/change.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../model/image/image-of.ts';
import type { LanguageCommand } from '../model/image/language-packages.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { addOption } from './add-option.ts';
import { cleanBehind } from './clean-up.ts';

/** Composer and Pipenv are cleaned up behind; Poetry keeps virtual environments beside its cache, so it makes none. */
export function cleanLanguageCache(
  step: Step,
  { manager, command, verbWord, program }: LanguageCommand,
): Cure | undefined {
  // Poetry 1.2 and Pipenv are whatever version pip brought: nothing here shows it.
  const about = { safety: 'review' } as const;
  switch (manager) {
    case 'composer':
      return cleanBehind(step, command, `${program} clear-cache`, { safety: 'safe' });
    case 'poetry':
      return addOption(step, verbWord, '--no-cache', { ...about, note: 'needs Poetry 1.2 or newer' });
    case 'pipenv':
      return cleanBehind(step, command, 'rm -rf ~/.cache/pip ~/.cache/pipenv', about);
    case 'bundle':
      return gemFolder(step) === undefined
        ? leftBecause('where the gems lie depends on how Ruby and Bundler were set up')
        : cleanBehind(step, command, `rm -rf ${gemFolder(step)}`, { safety: 'safe' });
    default:
      return leftBecause('what it downloads belongs into a build stage, of which only the result is copied');
  }
}

/** GEM_HOME of the official image, or the folder that a deployment install fills. */
function gemFolder(step: Step): string | undefined {
  const { body } = step.instruction;
  if (['BUNDLE_PATH', 'BUNDLE_DEPLOYMENT', 'GEM_HOME'].some((name) => step.scope.declares(name))) return undefined;
  if (/deployment|bundle config.*path|--path/.test(body.text)) return 'vendor/bundle/ruby/*/cache';
  return /(?:^|\/)ruby$/.test(imageOfStage(step.stage).base?.repository ?? '')
    ? '/usr/local/bundle/cache/*.gem'
    : undefined;
}
