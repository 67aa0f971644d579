import { leaveOutDevelopment } from '../../cures/leave-out-development.ts';
import type { BuildContext } from '../../model/build-context.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { type LanguageCommand, languageCommand } from '../../model/image/language-packages.ts';
import { developmentServer } from '../development-server.ts';
import { isConfigured, isRemoved } from '../leftovers.ts';
import { installsManifest } from '../manifest-installs.ts';
import type { Rule } from '../rule.ts';
import { commandsAfter, languageSteps } from '../steps.ts';

export const devDependencies: Rule = {
  id: 'dockerfile/dev-dependencies',
  summary: 'Development dependencies installed in the image that runs',
  why: 'Compilers, test runners and linters often are most of the packages: a bigger image, and most of what a scanner finds is in code that never runs.',
  sources: [
    'https://docs.npmjs.com/cli/commands/npm-ci#omit',
    'https://getcomposer.org/doc/03-cli.md#install-i',
    'https://python-poetry.org/docs/cli/#install',
    'https://bundler.io/man/bundle-config.1.html',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG3', 'IMG4'],
  aliases: [],
  examples: { bad: 'bad-npm-ci', good: 'good-omit-dev' },
  dockerfile(dockerfile, report, project) {
    // It could not even start without them, and that is the fault: project/development-mode.
    if (project.services.some((one) => one.build?.dockerfile === dockerfile && developmentServer(one, project))) return;
    const context = project.contextOf(dockerfile);
    for (const { step, runs } of languageSteps(dockerfile, 'image')) {
      for (const run of runs) {
        if (!installsManifest(run) || !bringsDevelopment(step, run) || isPruned(step, run)) continue;
        const declared = developmentIn(context, run);
        if (declared === false) continue;
        report({
          at: run.command.span,
          confidence: declared ? 'certain' : 'likely',
          message: `"${`${run.program} ${run.verb}`.trim()}" installs development dependencies in the image`,
          fix: () => leaveOutDevelopment(step, run),
        });
      }
    }
  },
};

function bringsDevelopment(step: Step, run: LanguageCommand): boolean {
  const { flags, all } = run.options;
  const has = (...names: string[]) => names.some((name) => flags.has(name));
  const value = (name: string) => {
    const here = run.command.assignments.find((one) => one.name === name)?.value?.text;
    return here ?? exportedIn(step, name) ?? step.scope.get(name)?.value;
  };
  const option = (name: string) =>
    all.filter((one) => one.name === name).map((one) => (one.value === true ? '' : one.value.text));
  // A variable that nothing here sets (`NODE_ENV=$ENV`) may well say production.
  const isUnknown = (name: string) => step.scope.get(name) !== undefined && step.scope.get(name)?.value === undefined;
  const production = value('NODE_ENV') === 'production' || isUnknown('NODE_ENV') || value('NODE_ENV')?.startsWith('$');
  switch (run.manager) {
    case 'npm':
      if (option('--include').includes('dev') || value('NPM_CONFIG_PRODUCTION') === 'false') return true;
      if (
        has('--production', '--prod') ||
        option('--omit').some((one) => one === 'dev') ||
        option('--only').some((one) => /^prod/.test(one))
      )
        return false;
      if (
        /^(?:dev|true)$/.test(value('NPM_CONFIG_OMIT') ?? value('npm_config_omit') ?? '') ||
        value('NPM_CONFIG_PRODUCTION') === 'true'
      )
        return false;
      return !production && !isConfigured(step, /npm (?:config )?set (?:production|only|omit)\b/);
    case 'yarn':
      return !has('--production', '--prod') && !production;
    case 'pnpm':
      return !has('--prod', '--production', '-P') && !production;
    case 'bun':
      return !has('--production', '-p') && !option('--omit').includes('dev');
    case 'composer':
      return !has('--no-dev') && value('COMPOSER_NO_DEV') !== '1';
    case 'poetry':
      if (has('--no-dev', '--sync-only-main')) return false;
      return (
        !option('--only').length &&
        !option('--without').some((one) => /dev|test/.test(one)) &&
        value('POETRY_WITHOUT') === undefined
      );
    case 'uv':
      return !has('--no-dev', '--only-group', '--no-default-groups') && !value('UV_NO_DEV');
    case 'pipenv':
      return has('--dev', '-d');
    case 'bundle':
      if (
        has('--without') ||
        value('BUNDLE_WITHOUT') !== undefined ||
        value('BUNDLE_ONLY') !== undefined ||
        value('BUNDLE_WITHOUT_GROUPS') !== undefined
      )
        return false;
      return !isConfigured(step, /bundler? config\b.*\b(?:without|only)\b|BUNDLE_WITHOUT/);
    default:
      return false;
  }
}

/** Further on in a stage nobody cleans up; the bound keeps a file of nothing but installs from hanging us. */
const furthest = 300;

/** `npm prune --omit=dev` after the build, or a production install that replaces the first. */
function isPruned(step: Step, run: LanguageCommand): boolean {
  const after = [...commandsAfter(step, run.command).slice(0, furthest)];
  for (const later of step.stage.steps.slice(step.index + 1, step.index + 1 + furthest)) {
    if (after.length >= furthest) break;
    after.push(...later.commands.slice(0, furthest));
  }
  if (isRemoved(after, /node_modules|vendor\b/)) return true;
  return after.some((command) => {
    const other = languageCommand(command);
    if (other?.manager !== run.manager) return false;
    if (other.verb === 'prune' || other.verb === 'workspaces') return true;
    return installsManifest(other) && !bringsDevelopment(step, other);
  });
}

/** `export NODE_ENV=production` and the like, anywhere in the step. */
function exportedIn(step: Step, name: string): string | undefined {
  let known = exports.get(step);
  if (!known) {
    known = new Map();
    for (const { words } of step.commands)
      for (const { text } of words) {
        const equals = /^[A-Z]\w*(?==)/i.exec(text)?.[0];
        if (equals !== undefined && !known.has(equals)) known.set(equals, text.slice(equals.length + 1));
      }
    exports.set(step, known);
  }
  return known.get(name);
}

const exports = new WeakMap<Step, Map<string, string>>();

/** Whether the manifest declares any; undefined where it cannot be read. */
function developmentIn(context: BuildContext | undefined, { manager }: LanguageCommand): boolean | undefined {
  if (manager === 'npm' || manager === 'yarn' || manager === 'pnpm' || manager === 'bun') {
    const text = context?.text('package.json');
    return text === undefined ? undefined : /"devDependencies"\s*:\s*\{\s*"/.test(text);
  }
  if (manager === 'composer') {
    const text = context?.text('composer.json');
    return text === undefined ? undefined : /"require-dev"\s*:\s*\{\s*"/.test(text);
  }
  if (manager === 'bundle') {
    const text = context?.text('Gemfile');
    return text === undefined ? undefined : /group[\s(:[%w]*:?(?:development|test)/.test(text);
  }
  if (manager === 'poetry' || manager === 'uv') {
    const text = context?.text('pyproject.toml');
    return text === undefined
      ? undefined
      : /dev-dependencies|\[dependency-groups\]|\.group\.(?:dev|test|lint|docs)/.test(text);
  }
  return undefined;
}
