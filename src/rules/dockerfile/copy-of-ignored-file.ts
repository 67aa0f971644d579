import type { BuildContext } from '../../model/build-context.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { withoutEndSlashes } from '../../vocabulary/path-end.ts';
import type { Rule } from '../rule.ts';

export const copyOfIgnoredFile: Rule = {
  id: 'dockerfile/copy-of-ignored-file',
  summary: 'COPY of a file that .dockerignore keeps out',
  why: 'The file never reaches the builder: the build stops with "not found", though everybody sees the file lying there.',
  sources: [
    'https://docs.docker.com/reference/build-checks/copy-ignored-file/',
    'https://docs.docker.com/build/concepts/context/#dockerignore-files',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG6'],
  aliases: ['buildkit:CopyIgnoredFile'],
  examples: { bad: 'bad-ignored', good: 'good-exception' },
  dockerfile(dockerfile, report, project) {
    const context = project.contextOf(dockerfile);
    if (!context?.ignoreFile) return;
    for (const stage of dockerfile.stages)
      for (const step of stage.steps)
        for (const { path, span } of sourcesOf(step)) {
          if (!context.ignores(path) || hasKeptFiles(context, path)) continue;
          report({
            at: span,
            message: `${step.instruction.keyword} needs "${path}", which ${context.ignoreFile.path} keeps out of the build`,
            severity: stage.isUsed ? 'high' : 'low',
          });
        }
  },
};

/** Sources of the context as plain paths; patterns match whatever is left, and variables may be anything. */
function sourcesOf(step: Step) {
  const { keyword, flags, words } = step.instruction;
  if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) return [];
  return words.slice(0, -1).flatMap((word) => {
    const { text, unset } = step.scope.expand(word.text);
    if (text === undefined || unset.length > 0 || /[*?[\]\\]|^<<|^\w+:\/\/|^git@/.test(text)) return [];
    const path = withoutEndSlashes(text.replace(/^(?:\.?\/)+/, ''));
    return path === '' || path === '.' || path.startsWith('..') ? [] : [{ path, span: word.span }];
  });
}

/** `dir` and `!dir/keep`: the folder is there, with what is left of it. */
function hasKeptFiles(context: BuildContext, path: string): boolean {
  const below = `${path}/`;
  return context.entries().some((entry) => entry.path.startsWith(below));
}
