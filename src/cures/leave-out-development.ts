import { type Change, edited, fixOf, leftBecause } from '../edit/change.ts';
import { commandBefore, removeWord } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../model/image/image-of.ts';
import type { LanguageCommand } from '../model/image/language-packages.ts';
import { languageCommand } from '../model/image/language-packages.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { behindVerb } from './hold-to-lockfile.ts';

/** Installs what the service runs on, and none of what it is developed with. */
export function leaveOutDevelopment(step: Step, run: LanguageCommand): Cure | undefined {
  const builder = laterCommands(step, run).find((command) => isBuilder(command));
  if (builder)
    return leftBecause(
      `"${builder.words
        .slice(0, 3)
        .map(({ text }) => text)
        .join(' ')
        .slice(0, 60)}" below most likely needs them: build in a stage of its own`,
    );
  const change = without(step, run);
  if (!change) return undefined;
  return fixOf(
    {
      title: `Install without development dependencies: ${change.option}`,
      safety: 'review',
      provedBy: 'boot-time',
      note: 'look whether anything that runs in the image is declared for development only',
    },
    change.change,
  );
}

function without(step: Step, run: LanguageCommand): { readonly option: string; readonly change: Change } | undefined {
  const option = (text: string) => ({ option: text, change: edited(behindVerb(step, run, text)) });
  switch (run.manager) {
    case 'npm':
      return option(isOldNpm(step) ? '--only=production' : '--omit=dev');
    case 'yarn':
      return option('--production');
    case 'pnpm':
      return option('--prod');
    case 'bun':
      return option('--production');
    case 'composer':
      return option('--no-dev');
    case 'poetry':
      return option('--only main');
    case 'uv':
      return option('--no-dev');
    case 'pipenv': {
      const word = run.options.all.find(({ name }) => name === '--dev' || name === '-d')?.word;
      return word && /^(?:--dev|-d)$/.test(word.text)
        ? { option: `no ${word.text}`, change: edited(removeWord(step, word)) }
        : undefined;
    }
    case 'bundle': {
      const text = "bundle config set --local without 'development test'";
      return { option: text, change: edited(commandBefore(step, run.command, text)) };
    }
    default:
      return undefined;
  }
}

/** npm 7 brought --omit, with Node 15 (https://docs.npmjs.com/cli/v6/commands/npm-ci). */
function isOldNpm(step: Step): boolean {
  const { base } = imageOfStage(step.stage);
  const major = /(?:^|\/)node$/.test(base?.repository ?? '') ? Number(/^\d+/.exec(base?.tag ?? '')?.[0] ?? 99) : 99;
  return major < 15;
}

const furthest = 300;

function laterCommands(step: Step, { command }: LanguageCommand): readonly ShellCommand[] {
  const own = step.commands.slice(step.commands.indexOf(command) + 1, furthest);
  const later = step.stage.steps
    .slice(step.index + 1, step.index + furthest)
    .flatMap(({ commands, instruction }) => (instruction.keyword === 'RUN' ? commands.slice(0, furthest) : []));
  return [...own, ...later].slice(0, furthest);
}

const builders =
  /^(?:tsc|webpack|vite|rollup|esbuild|parcel|ng|nest|next|nuxt|nuxi|gulp|grunt|bower|tsup|swc|babel|lerna|turbo|nx|mix|encore|phpunit|pytest|tox|rake|rails|jest|mocha|vitest|npx|pnpx|bunx|make)$/;

/** `npm run build`, `yarn build`, `npx tsc`, `composer run-script`, tests. */
function isBuilder(command: ShellCommand): boolean {
  const { name, args } = programOf(command);
  if (name !== undefined && builders.test(name)) return true;
  if (args.some(({ text }) => /node_modules\/\.bin\/|vendor\/bin\//.test(text))) return true;
  const run = languageCommand(command);
  if (!run) return false;
  if (['npm', 'pnpm', 'bun'].includes(run.manager))
    return /^(?:run|run-script|test|t|exec|x|build|start|dlx)$/.test(run.verb);
  if (run.manager === 'yarn')
    return !/^(?:|install|add|remove|cache .*|config|global .*|set|why|info|list|autoclean|import|version|workspaces)$/.test(
      run.verb,
    );
  if (run.manager === 'composer') return /^(?:run|run-script|exec|test)$/.test(run.verb);
  return /^(?:run|exec)$/.test(run.verb);
}
