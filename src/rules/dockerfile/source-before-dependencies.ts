import type { BuildContext } from '../../model/build-context.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { type LanguageCommand, languageCommand } from '../../model/image/language-packages.ts';
import { contextSources, isWholeContext } from '../copied.ts';
import { installsManifest } from '../manifest-installs.ts';
import type { Rule } from '../rule.ts';
import { languageSteps } from '../steps.ts';

export const sourceBeforeDependencies: Rule = {
  id: 'dockerfile/source-before-dependencies',
  summary: 'Source copied before the dependencies are installed',
  why: 'Any changed file, a README even, throws the cached layer away: every build downloads all dependencies again, and fails when the registry is down.',
  sources: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG5', 'OPS10'],
  aliases: [],
  examples: { bad: 'bad-copy-all-first', good: 'good-manifest-first' },
  dockerfile(dockerfile, report, project) {
    const context = project.contextOf(dockerfile);
    const reported = new Set<Step>();
    for (const { step, runs } of languageSteps(dockerfile, 'build')) {
      if (step.instruction.keyword !== 'RUN' || step.mounts.some(({ type }) => type === 'cache')) continue;
      for (const run of runs) {
        if (!downloads(run, context)) continue;
        const before = step.stage.steps.slice(0, step.index);
        const source = before.find((one) => contextSources(one).some((path) => isWholeContext(path)));
        if (!source || reported.has(source)) continue;
        // A first install before the source was copied already keeps the downloads in a layer.
        const earlier = before.slice(0, source.index).flatMap(({ commands }) => commands.map(languageCommand));
        if (earlier.some((other) => other?.manager === run.manager && !isToolInstall(other))) continue;
        reported.add(source);
        report({
          at: source.instruction.span,
          message: `Everything is copied before "${`${run.program} ${run.verb}`.trim()}", so any change installs all dependencies again`,
          related: [{ at: run.command.span, message: 'the dependencies are installed here' }],
        });
      }
    }
  },
};

/** Fetches what a small file names. `pip install .` needs the source itself, and so does `cargo build`. */
function downloads(run: LanguageCommand, context: BuildContext | undefined): boolean {
  const { manager, verb, options } = run;
  switch (manager) {
    case 'pip':
      return (
        verb === 'install' &&
        (options.flags.has('-r') || options.flags.has('--requirement')) &&
        !options.flags.has('-e')
      );
    case 'go':
      return verb === 'mod download' || (verb === 'build' && /^[ \t]*require\b/m.test(context?.text('go.mod') ?? ''));
    case 'mvn':
      return run.command.words.some(({ text }) => /^(?:package|install|verify|deploy)$/.test(text));
    case 'gradle':
      return run.command.words.some(({ text }) =>
        /^(?::?\w+:)?(?:build|bootJar|assemble|shadowJar|installDist)$/.test(text),
      );
    case 'dotnet':
      return verb === 'restore';
    case 'cargo':
      return verb === 'fetch';
    default:
      return installsManifest(run);
  }
}

/** `npm install -g npm@10` keeps nothing of the project. */
function isToolInstall({ manager, verb, options, operands }: LanguageCommand): boolean {
  if (options.flags.has('-g') || options.flags.has('--global') || verb === 'config' || verb === 'cache clean')
    return true;
  if (manager === 'pip')
    return (
      !options.flags.has('-r') &&
      !options.flags.has('--requirement') &&
      operands.every(({ text }) => /^(?:pip|setuptools|wheel|uv|poetry|pipenv)\b/.test(text))
    );
  return verb === 'config' || verb === '--version' || (manager === 'npm' && verb === 'set');
}
