import { ignorePaths } from '../../cures/ignore-in-context.ts';
import { type SecretFile, secretFile } from '../../knowledge/secret-files.ts';
import type { BuildContext } from '../../model/build-context.ts';
import { openVariables } from '../env-file.ts';
import type { Rule } from '../rule.ts';
import { wholeCopies } from '../whole-copies.ts';

/** More than this in one context is one fault, told once. */
const named = 3;

export const secretsInContext: Rule = {
  id: 'project/secrets-in-context',
  summary: 'Files of secrets that a copy of the whole directory takes along',
  why: 'The file becomes part of the image without anybody naming it, and everyone who can pull the image can read it.',
  sources: [
    'https://docs.docker.com/build/concepts/context/#dockerignore-files',
    'https://docs.docker.com/build/building/secrets/',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG6', 'IMG10'],
  aliases: ['dockle:CIS-DI-0010'],
  drill: 'secrets-stay-secret',
  examples: { bad: 'bad-env-file', good: 'good-ignored' },
  project(project, report) {
    const seen = new Set<string>();
    for (const { dockerfile, step, context } of wholeCopies(project)) {
      if (seen.has(dockerfile.file)) continue;
      seen.add(dockerfile.file);
      const found = secretsOf(context);
      if (found.length === 0) continue;
      const names = found.slice(0, named).map(({ path }) => `"${path}"`);
      const more = found.length > named ? ` and ${found.length - named} more` : '';
      report({
        at: step.instruction.span,
        severity: step.stage.isInherited ? 'high' : 'medium',
        confidence: found.some(({ file }) => file.confidence === 'certain') ? 'certain' : 'likely',
        message: `${step.instruction.keyword} of the whole directory takes along ${names.join(', ')}${more}, which ${found.length > 1 ? 'hold' : 'holds'} secrets`,
        fix: () =>
          ignorePaths(
            dockerfile,
            project,
            found.map(({ path }) => path),
          ),
      });
    }
  },
};

function secretsOf(context: BuildContext): { path: string; file: SecretFile }[] {
  const found: { path: string; file: SecretFile }[] = [];
  for (const { path, kind } of context.entries()) {
    // What lies in packages and examples of others is no secret of this project.
    if (
      kind !== 'file' ||
      /(?:^|\/)(?:node_modules|vendor|\.git|test|tests|testdata|fixtures|examples?|docs?|venv|\.venv|site-packages)\//.test(
        path,
      )
    )
      continue;
    if (!secretFile(path)) continue;
    const text = context.text(path);
    const file = secretFile(path, text);
    if (!file || file.confidence === 'guess') continue;
    if (/(?:^|\/)\.env[^/]*$/.test(path) && (text === undefined || openVariables(text).length === 0)) continue;
    found.push({ path, file: text === undefined ? file : { ...file, confidence: 'certain' } });
  }
  return found;
}
