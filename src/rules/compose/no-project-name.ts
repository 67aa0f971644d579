import { beginning } from '../../model/compose/loading.ts';
import { isNull } from '../../model/compose/tree-access.ts';
import type { Rule } from '../rule.ts';

export const noProjectName: Rule = {
  id: 'compose/no-project-name',
  summary: 'The project has no name of its own',
  why: 'Compose names it after the directory: in another directory the same files make a second project, with new and empty volumes.',
  sources: ['https://docs.docker.com/compose/how-tos/project-name/'],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['CHK4'],
  aliases: ['dclint:require-project-name-field'],
  // COMPOSE_PROJECT_NAME and -p do as well, and many set those.
  optIn: true,
  byHand: 'the name decides which volumes are used: a new one starts with empty data',
  examples: { bad: 'bad-no-name', good: 'good-name' },
  compose(compose, report, project) {
    const name = compose.root.entries.get('name');
    // `COMPOSE_FILE` may name files that are not there.
    const file = compose.files.find((path) => project.sources.has(path));
    if (file === undefined || compose.environment.get('COMPOSE_PROJECT_NAME') !== compose.name) return;
    // Normalization puts the directory's name there: only a key that was written has a place in a file.
    const isWritten = name !== undefined && !isNull(name.value) && name.keySpan.end > name.keySpan.start;
    const fromEnvironment = [...project.sources.values()].some(
      ({ path, text }) => /(?:^|\/)\.env$/.test(path) && /^[ \t]*(?:export[ \t]+)?COMPOSE_PROJECT_NAME\s*=/m.test(text),
    );
    if (isWritten || fromEnvironment) return;
    report({ at: beginning(file), message: `The project is called "${compose.name}" after its directory` });
  },
};
