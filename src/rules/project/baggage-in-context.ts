import { ignorePaths } from '../../cures/ignore-in-context.ts';
import type { Rule } from '../rule.ts';
import { wholeCopies } from '../whole-copies.ts';

/** Folders that a machine of a developer has and an image has no use for, and what taking them along does. */
const baggage: readonly (readonly [RegExp, string])[] = [
  [/^\.git$/, 'the whole history, deleted secrets among it'],
  [/^node_modules$/, 'packages built for another machine'],
  [/^(?:\.venv|venv|\.virtualenv)$/, 'packages built for another machine'],
  [/^(?:\.terraform|\.vagrant)$/, 'state of the infrastructure'],
  [/^(?:\.idea|\.vscode|\.gradle|\.mypy_cache|\.pytest_cache|\.tox|\.nox|coverage)$/, 'what editors and tests leave'],
];

export const baggageInContext: Rule = {
  id: 'project/baggage-in-context',
  summary: "Folders of the developer's machine that the .dockerignore lets into the image",
  why: '.git brings the history with every secret ever committed, node_modules the binaries of another system, and each of their changes spoils the build cache.',
  sources: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG6', 'OPS10'],
  aliases: [],
  examples: { bad: 'bad-packages', good: 'good-ignored' },
  project(project, report) {
    const seen = new Set<string>();
    for (const { dockerfile, step, context } of wholeCopies(project)) {
      // Without an ignore file there is one fault, and another rule tells it.
      if (!context.ignoreFile || seen.has(dockerfile.file)) continue;
      seen.add(dockerfile.file);
      const found = context
        .top()
        .filter((name) => context.kind(name) === 'directory' && !isKeptOut(context, name))
        .map((name) => ({ name, why: baggage.find(([form]) => form.test(name))?.[1] }))
        .filter(({ why }) => why !== undefined);
      for (const { name, why } of found)
        report({
          at: step.instruction.span,
          severity: !step.stage.isInherited || why === 'what editors and tests leave' ? 'low' : 'medium',
          message: `"${context.ignoreFile.path}" lets "${name}" into the build: ${why}`,
          fix: () => ignorePaths(dockerfile, project, [name]),
        });
    }
  },
};

/** `node_modules/*` and `**\/.git/**` keep a folder out as well as its name does. */
function isKeptOut(context: { ignores(path: string): boolean }, name: string): boolean {
  return context.ignores(name) || context.ignores(`${name}/x`) || context.ignores(`${name}/HEAD`);
}
