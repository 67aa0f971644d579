import type { LanguageCommand } from '../../model/image/language-packages.ts';
import { installsManifest } from '../manifest-installs.ts';
import type { Rule } from '../rule.ts';
import { languageSteps } from '../steps.ts';

export const noCacheMount: Rule = {
  id: 'dockerfile/no-cache-mount',
  summary: 'Dependencies downloaded without a cache that outlives the build',
  why: 'One changed line of the manifest, and every package is fetched again: the fix that must go out tonight waits ten minutes for the network.',
  sources: ['https://docs.docker.com/build/cache/optimize/#use-cache-mounts'],
  severity: 'low',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['IMG5', 'OPS10'],
  aliases: [],
  // It needs BuildKit and a builder that keeps its state, which most CI services do not.
  optIn: true,
  examples: { bad: 'bad-npm-ci', good: 'good-cache-mount' },
  dockerfile(dockerfile, report) {
    for (const { step, runs } of languageSteps(dockerfile, 'build')) {
      if (step.mounts.some(({ type }) => type === 'cache')) continue;
      const run = runs.find(downloads);
      if (!run) continue;
      report({
        at: run.command.span,
        message: `"${`${run.program} ${run.verb}`.trim()}" downloads into a layer, not into a cache mount`,
      });
    }
  },
};

function downloads(run: LanguageCommand): boolean {
  const { manager, verb, command } = run;
  const says = (words: RegExp) => command.words.some(({ text }) => words.test(text));
  switch (manager) {
    case 'pip':
      return verb === 'install' || verb === 'wheel';
    case 'go':
      return verb === 'mod download' || verb === 'build' || verb === 'install';
    case 'mvn':
      return says(/^(?:compile|package|verify|install|dependency:(?:go-offline|resolve))$/);
    case 'gradle':
      return says(/^(?::?[\w-]+:)*(?:build|assemble|bootJar|shadowJar|installDist|dependencies)$/);
    case 'dotnet':
      return verb === 'restore';
    default:
      return installsManifest(run);
  }
}
