import { holdToLockfile } from '../../cures/hold-to-lockfile.ts';
import { manifests } from '../../knowledge/manifests.ts';
import type { BuildContext } from '../../model/build-context.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { LanguageCommand } from '../../model/image/language-packages.ts';
import { isBrought } from '../copied.ts';
import { isConfigured } from '../leftovers.ts';
import { installsManifest } from '../manifest-installs.ts';
import type { Reporter, Rule } from '../rule.ts';
import { languageSteps } from '../steps.ts';

export const lockfileIgnored: Rule = {
  id: 'dockerfile/lockfile-ignored',
  summary: 'Dependencies installed without holding to the lockfile',
  why: 'Where manifest and lockfile disagree the command quietly picks other versions, so the image runs code that nobody tested.',
  sources: [
    'https://docs.npmjs.com/cli/commands/npm-ci',
    'https://classic.yarnpkg.com/lang/en/docs/cli/install/',
    'https://pnpm.io/cli/install#--frozen-lockfile',
    'https://go.dev/ref/mod#go-mod-tidy',
    'https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: [],
  examples: { bad: 'bad-npm-install', good: 'good-npm-ci' },
  dockerfile(dockerfile, report, project) {
    const context = project.contextOf(dockerfile);
    for (const { step, runs } of languageSteps(dockerfile, 'build')) {
      for (const run of runs) {
        if (run.manager === 'go') {
          reportGo(run, report);
          continue;
        }
        if (run.manager === 'dotnet' && isUnlockedRestore(step, run, context))
          report({
            at: run.command.span,
            severity: 'low',
            confidence: 'likely',
            message: `"dotnet ${run.verb}" does not hold to packages.lock.json`,
          });
        const known = manifests.get(run.manager);
        if (!known || !installsManifest(run) || isStrict(step, run)) continue;
        if (isBrought(step, known.locks, known.manifest, context) !== 'yes') continue;
        report({
          at: run.command.span,
          // The first three change the lockfile in daily use; the others only when somebody forgot to commit it.
          severity: ['npm', 'yarn', 'pnpm', 'bun', 'composer'].includes(run.manager) ? 'medium' : 'low',
          message: `"${`${run.program} ${run.verb}`.trim()}" does not hold to ${known.locks[0]}`,
          fix: () => holdToLockfile(step, run, known.locks[0] ?? 'lockfile', context),
        });
      }
    }
  },
};

/** Both may write another go.mod and go.sum than those that were tested; a plain `go build` holds to them by itself. */
function reportGo({ verb, options, operands, command }: LanguageCommand, report: Reporter): void {
  const updates = options.flags.has('-u') || operands.some(({ text }) => text === '-u');
  const isOwn = operands.every(({ text }) => /^(?:\.|-)/.test(text));
  if (verb === 'mod tidy')
    report({
      at: command.span,
      message: '"go mod tidy" may rewrite go.mod and go.sum instead of holding to them',
      severity: 'low',
    });
  else if (verb === 'get' && updates && isOwn)
    report({ at: command.span, message: '"go get -u" takes the newest versions, whatever go.sum says' });
}

/** https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies */
function isUnlockedRestore(step: Step, { verb, options }: LanguageCommand, context: BuildContext | undefined): boolean {
  if (verb !== 'restore' || options.flags.has('--locked-mode')) return false;
  if (options.all.some(({ word }) => /RestoreLockedMode/i.test(word.text)) || step.scope.get('RestoreLockedMode'))
    return false;
  // The project may say so itself.
  const files = (context?.top() ?? []).filter((name) => /\.(?:cs|fs|vb)proj$|^Directory\.Build\.props$/.test(name));
  if (files.some((name) => /RestoreLockedMode/i.test(context?.text(name) ?? ''))) return false;
  return isBrought(step, ['packages.lock.json'], 'packages.lock.json', context) === 'yes';
}

function isStrict(step: Step, { manager, verb, options, command }: LanguageCommand): boolean {
  const has = (...names: string[]) => names.some((name) => options.flags.has(name));
  const isSet = (...names: string[]) =>
    names.some((name) => {
      const value = step.scope.get(name)?.value ?? command.assignments.find((one) => one.name === name)?.value?.text;
      return value !== undefined && value !== '' && value !== 'false' && value !== '0';
    });
  switch (manager) {
    case 'npm':
      return verb === 'ci' || verb === 'ic' || verb.includes('clean') || has('--package-lock-only', '--dry-run');
    case 'yarn':
      return (
        has('--frozen-lockfile', '--immutable', '--pure-lockfile', '--immutable-cache') ||
        isSet('CI', 'YARN_ENABLE_IMMUTABLE_INSTALLS')
      );
    case 'pnpm':
      return verb === 'ci' || has('--frozen-lockfile', '--lockfile-only', '--offline') || isSet('CI');
    case 'bun':
      return verb === 'ci' || has('--frozen-lockfile');
    case 'bundle':
      return (
        has('--frozen', '--deployment', '--local') ||
        isSet('BUNDLE_FROZEN', 'BUNDLE_DEPLOYMENT') ||
        isConfigured(step, /bundler? config\b.*\b(?:frozen|deployment)\b/)
      );
    case 'composer':
      return verb !== 'update' || has('--lock');
    case 'pipenv':
      return verb === 'sync' || has('--deploy', '--ignore-pipfile');
    case 'uv':
      return has('--frozen', '--locked') || isSet('UV_FROZEN', 'UV_LOCKED');
    case 'cargo':
      return has('--locked', '--frozen', '--offline');
    default:
      return true;
  }
}
