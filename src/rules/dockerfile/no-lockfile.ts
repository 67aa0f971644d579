import { manifests } from '../../knowledge/manifests.ts';
import type { BuildContext } from '../../model/build-context.ts';
import { contextSources, isBrought, stepsBefore } from '../copied.ts';
import { installsManifest } from '../manifest-installs.ts';
import type { Rule } from '../rule.ts';
import { languageSteps } from '../steps.ts';

export const noLockfile: Rule = {
  id: 'dockerfile/no-lockfile',
  summary: 'Dependencies installed without a lockfile',
  why: 'Every build takes the newest versions that fit: two images of the same commit differ, and a bad release upstream is in production the same day.',
  sources: [
    'https://docs.npmjs.com/cli/configuring-npm/package-lock-json',
    'https://bundler.io/guides/rationale.html#checking-your-code-into-version-control',
    'https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: [],
  byHand: 'the lock file is made by the package manager',
  examples: { bad: 'bad-only-package-json', good: 'good-lockfile' },
  dockerfile(dockerfile, report, project) {
    const context = project.contextOf(dockerfile);
    for (const { step, runs } of languageSteps(dockerfile, 'build')) {
      for (const run of runs) {
        const known = manifests.get(run.manager);
        if (!known || !installsManifest(run)) continue;
        if (isBrought(step, [known.manifest], known.manifest, context) !== 'yes') continue;
        if (isBrought(step, known.locks, known.manifest, context) !== 'no') continue;
        // A lockfile made on the spot pins nothing, but the line that makes it is the better place to look at.
        const isMade = step.stage.steps
          .slice(0, step.index + 1)
          .some((one) =>
            one.commands.some(({ words }) => words.some(({ text }) => text === 'lock' || text === 'package-lock.json')),
          );
        if (isMade) continue;
        const folder = folderOf(stepsBefore(step).flatMap(contextSources), known.manifest);
        const there = known.locks.find((lock) => context?.kind(folder + lock) === 'file');
        report({
          at: run.command.span,
          confidence: isKnown(context, folder + known.manifest) ? 'certain' : 'likely',
          message: there
            ? `"${`${run.program} ${run.verb}`.trim()}" runs without ${there}: ${context?.ignores(folder + there) ? 'the ignore file keeps it out' : 'it is not copied before'}`
            : `"${`${run.program} ${run.verb}`.trim()}" runs without a ${known.locks[0]}`,
        });
      }
    }
  },
};

function isKnown(context: BuildContext | undefined, manifest: string): boolean {
  return context?.kind(manifest) === 'file';
}

/** Where in the context the manifest is taken from. */
function folderOf(sources: readonly string[], manifest: string): string {
  const named = sources.find((source) => source === manifest || source.endsWith(`/${manifest}`));
  return named === undefined ? '' : named.slice(0, named.length - manifest.length);
}
