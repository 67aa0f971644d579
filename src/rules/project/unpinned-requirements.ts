import type { BuildContext } from '../../model/build-context.ts';
import type { Rule } from '../rule.ts';
import { languageSteps } from '../steps.ts';

export const unpinnedRequirements: Rule = {
  id: 'project/unpinned-requirements',
  summary: 'Python requirements without exact versions',
  why: 'Every build takes the newest versions of the day: two images of the same commit differ, and a bad release upstream is in production the same day.',
  sources: ['https://pip.pypa.io/en/stable/topics/repeatable-installs/'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: [],
  byHand: 'only you know which versions were tested',
  examples: { bad: 'bad-names-only', good: 'good-pinned' },
  project(project, report) {
    for (const dockerfile of project.dockerfiles) {
      for (const { runs } of languageSteps(dockerfile, 'build')) {
        for (const run of runs) {
          const isPip = run.manager === 'pip' && run.verb === 'install';
          if (!isPip && !(run.manager === 'uv' && run.verb === 'pip install')) continue;
          const { all } = run.options;
          // A constraints file may pin what the requirements do not; `--require-hashes` refuses what is not pinned.
          if (all.some(({ name }) => ['-c', '--constraint', '--constraints', '--require-hashes'].includes(name)))
            continue;
          for (const { name, value } of all) {
            if ((name !== '-r' && name !== '--requirement') || value === true || !value.literal) continue;
            const loose = looseIn(project.contextOf(dockerfile), value.text);
            if (loose.length === 0) continue;
            const names = loose.slice(0, 3).join(', ') + (loose.length > 3 ? ` and ${loose.length - 3} more` : '');
            report({ at: value.span, message: `"${value.text}" leaves the version open of ${names}` });
          }
        }
      }
    }
  },
};

/** Names without `==` in the one file of that name in the context. */
function looseIn(context: BuildContext | undefined, written: string): string[] {
  const base = written.slice(written.lastIndexOf('/') + 1);
  if (!context || base === '') return [];
  // The path inside the image says little of the path in the context; a name that stands there once is the file meant.
  const paths = context
    .entries()
    .filter(({ path, kind }) => kind === 'file' && (path === base || path.endsWith(`/${base}`)));
  const [only] = paths;
  const text = only && paths.length === 1 ? context.text(only.path) : undefined;
  if (text === undefined || /^[ \t]*(?:-c|--constraint|--require-hashes|--hash)/m.test(text)) return [];
  return text
    .slice(0, 200_000)
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#[\s\S]*/, '').trim())
    .filter((line) => /^[A-Za-z0-9]/.test(line) && !/===?|@|:\/\//.test(line.replace(/;[\s\S]*/, '')))
    .map((line) => /^[\w.-]+/.exec(line)?.[0] ?? line);
}
