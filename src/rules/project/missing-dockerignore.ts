import type { BuildContext } from '../../model/build-context.ts';
import type { Project } from '../../model/project.ts';
import type { Rule } from '../rule.ts';
import { wholeCopies } from '../whole-copies.ts';

export const missingDockerignore: Rule = {
  id: 'project/missing-dockerignore',
  summary: 'The whole directory copied with no .dockerignore',
  why: 'Whatever lies in the directory on the day of the build goes into the image: .git with all history, .env files, keys, local node_modules.',
  sources: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG6'],
  aliases: [],
  examples: { bad: 'bad-copy-all', good: 'good-ignore-file' },
  project(project, report) {
    const seen = new Set<string>();
    for (const { dockerfile, step, context } of wholeCopies(project)) {
      if (context.ignoreFile || seen.has(dockerfile.file)) continue;
      seen.add(dockerfile.file);
      // A Dockerfile by itself, from standard input or memory: what lies beside it is not known.
      const alone = context.top().every((name) => name === dockerfile.file.split('/').at(-1));
      const isProject = context.directory === project.directory;
      const folder = isProject ? 'the project' : `"${context.directory}"`;
      report({
        at: step.instruction.span,
        // A lone Dockerfile may be built with another directory than its own.
        confidence: alone ? 'guess' : isNamed(project, dockerfile.file) ? 'certain' : 'likely',
        severity: !alone && step.stage.isInherited && (isProject || mayHoldMore(context)) ? 'medium' : 'low',
        message: `${step.instruction.keyword} takes all of ${folder}, and no .dockerignore keeps anything out`,
      });
    }
  },
};

/** A folder below the project with nothing but source in it is a smaller matter than the checkout itself. */
function mayHoldMore(context: BuildContext): boolean {
  return context.top().some((name) => /^(?:\.git|\.env.*|node_modules|\.?venv)$/.test(name));
}

function isNamed(project: Project, file: string): boolean {
  return project.services.some(({ compose, build }) => compose !== undefined && build?.dockerfile?.file === file);
}
