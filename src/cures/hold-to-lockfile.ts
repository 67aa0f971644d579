import { type Change, edited, fixOf, leftBecause } from '../edit/change.ts';
import { replaceWord, wordBehind } from '../edit/script.ts';
import type { BuildContext } from '../model/build-context.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { LanguageCommand } from '../model/image/language-packages.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';

/** The command that installs what the lockfile says, and stops where the manifest says something else. */
export function holdToLockfile(
  step: Step,
  run: LanguageCommand,
  lockfile: string,
  context: BuildContext | undefined,
): Cure | undefined {
  const strict = strictly(step, run, context);
  if (!strict) return undefined;
  return fixOf(
    {
      title: strict.title,
      safety: 'review',
      note: `where the manifest and ${lockfile} disagree, the build stops and says so`,
    },
    strict.change,
  );
}

function strictly(
  step: Step,
  run: LanguageCommand,
  context: BuildContext | undefined,
): { readonly title: string; readonly change: Change } | undefined {
  const option = (text: string, title = `Add ${text}`) => ({ title, change: edited(behindVerb(step, run, text)) });
  const { manager, verb, verbWord, options, command } = run;
  switch (manager) {
    case 'npm': {
      // `npm ci` knows none of these.
      const odd = ['--save', '-S', '--save-dev', '-D', '--no-save', '--no-package-lock', '--package-lock'].find(
        (name) => options.flags.has(name),
      );
      if (odd) return { title: 'Run "npm ci"', change: leftBecause(`"npm ci" does not take ${odd}`) };
      return { title: 'Run "npm ci"', change: edited(replaceWord(step, verbWord, 'ci')) };
    }
    case 'yarn':
      return option(isBerry(context) ? '--immutable' : '--frozen-lockfile');
    case 'pnpm':
    case 'bun':
      return option('--frozen-lockfile');
    case 'composer':
      return verb === 'update'
        ? { title: 'Run "composer install"', change: edited(replaceWord(step, verbWord, 'install')) }
        : undefined;
    case 'pipenv':
      return option('--deploy');
    case 'uv':
    case 'cargo':
      return option('--locked');
    case 'bundle': {
      const { start, file } = command.span;
      return {
        title: 'Install with BUNDLE_FROZEN=true',
        change: edited({ span: { file, start, end: start }, text: 'BUNDLE_FROZEN=true ' }),
      };
    }
    default:
      return undefined;
  }
}

/** Yarn 2 and later, whose options have other names. */
export function isBerry(context: BuildContext | undefined): boolean {
  return (
    context !== undefined &&
    (context.kind('.yarnrc.yml') === 'file' ||
      /"packageManager"\s*:\s*"yarn@[2-9]/.test(context.text('package.json') ?? ''))
  );
}

/** Behind the verb; a bare `yarn` and `bundle` have none. */
export function behindVerb(step: Step, { verbWord, verb, command }: LanguageCommand, text: string): Edit | undefined {
  return wordBehind(step, verb === '' ? command.words.at(-1) : verbWord, text);
}
