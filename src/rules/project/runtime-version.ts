import { readVersion } from '../../knowledge/version-range.ts';
import { basesOf, shownBase } from '../bases.ts';
import type { Rule } from '../rule.ts';
import { runtimes } from '../runtime-needs.ts';

export const runtimeVersion: Rule = {
  id: 'project/runtime-version',
  summary: 'A base image with another version of the language than the project asks for',
  why: 'What was tested is not what runs: the install refuses in the middle of a release, or a function that every laptop has is missing in production.',
  sources: [
    'https://12factor.net/dev-prod-parity',
    'https://docs.npmjs.com/cli/configuring-npm/package-json#engines',
    'https://packaging.python.org/en/latest/specifications/pyproject-toml/#requires-python',
    'https://go.dev/doc/toolchain',
    'https://bundler.io/man/gemfile.5.html#RUBY',
    'https://getcomposer.org/doc/articles/composer-platform-dependencies.md',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['IMG12', 'RUN17'],
  aliases: [],
  byHand: 'only you know which version was tested',
  examples: { bad: 'bad-engines', good: 'good-in-range' },
  dockerfile(dockerfile, report, project) {
    const context = project.contextOf(dockerfile);
    if (!context) return;
    for (const base of basesOf(dockerfile)) {
      const runtime = base.stage.isUsed ? runtimes.get(base.reference.name) : undefined;
      const version = readVersion(base.reference.tag ?? '');
      if (!runtime || !version) continue;
      const broken = runtime.needs(context).find((need) => need?.allows(version) === false);
      if (!broken) continue;
      const { file, asks, strict } = broken;
      report({
        at: base.from.span,
        message: `${shownBase(base)} has ${runtime.language} ${version.join('.')}, and ${file} ${strict ? 'asks for' : 'says'} ${asks.slice(0, 40)}`,
        ...(strict ? {} : { severity: 'low' as const }),
      });
    }
  },
};
