import { type Change, fixOf, leftBecause } from '../edit/change.ts';
import { newFile } from '../edit/new-file.ts';
import type { BuildContext } from '../model/build-context.ts';
import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import { languageCommand } from '../model/image/language-packages.ts';
import type { Project } from '../model/project.ts';
import { joinPath } from '../read/paths.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Something that may lie in a checkout: what keeps it out, and when that is worth a line. */
interface Ignorable {
  readonly pattern: string;
  /** Paths that the pattern would keep out; none of them may be named by a line of a Dockerfile. */
  readonly like: RegExp;
  readonly when: (place: Place) => boolean;
}

interface Place {
  readonly context: BuildContext;
  readonly top: ReadonlySet<string>;
  /** Package managers that the Dockerfiles call to install what a manifest says. */
  readonly installs: ReadonlySet<string>;
  readonly usesGit: boolean;
}

const has =
  (...names: string[]) =>
  ({ top }: Place) =>
    names.some((name) => top.has(name));
const installed =
  (...managers: string[]) =>
  ({ installs }: Place) =>
    managers.some((name) => installs.has(name));
const isPython = ({ top }: Place) =>
  [...top].some((name) => /\.py$|^requirements.*\.txt$|^pyproject\.toml$|^Pipfile$/.test(name));

/** In the order in which they are written. What the build makes anew is left out only where the build makes it. */
const ignorables: readonly Ignorable[] = [
  {
    pattern: '.git',
    like: /^\.git$/,
    when: ({ context, top, usesGit }) => !usesGit && (context.directory === '.' || top.has('.git')),
  },
  { pattern: '.env', like: /^\.env$/, when: () => true },
  { pattern: '.env.local', like: /^\.env\.local$/, when: has('.env.local') },
  { pattern: 'node_modules', like: /^node_modules\b/, when: installed('npm', 'yarn', 'pnpm', 'bun') },
  { pattern: 'npm-debug.log*', like: /^npm-debug/, when: installed('npm') },
  { pattern: 'coverage', like: /^coverage\b/, when: has('coverage') },
  { pattern: '**/__pycache__', like: /__pycache__/, when: isPython },
  { pattern: '.venv', like: /^\.venv\b/, when: isPython },
  { pattern: 'venv', like: /^venv\b/, when: has('venv') },
  { pattern: '.pytest_cache', like: /^\.pytest_cache/, when: has('.pytest_cache') },
  { pattern: '.mypy_cache', like: /^\.mypy_cache/, when: has('.mypy_cache') },
  { pattern: '.tox', like: /^\.tox/, when: has('.tox') },
  { pattern: 'target', like: /^target\b/, when: (place) => installed('cargo', 'mvn')(place) },
  { pattern: '.gradle', like: /^\.gradle\b/, when: (place) => installed('gradle')(place) },
  { pattern: 'build', like: /^build\b/, when: (place) => installed('gradle')(place) },
  { pattern: '**/bin', like: /(?:^|\/)bin\b/, when: installed('dotnet') },
  { pattern: '**/obj', like: /(?:^|\/)obj\b/, when: installed('dotnet') },
  { pattern: '.github', like: /^\.github/, when: has('.github') },
  { pattern: '.vscode', like: /^\.vscode/, when: has('.vscode') },
  { pattern: '.idea', like: /^\.idea/, when: has('.idea') },
  { pattern: '.terraform', like: /^\.terraform/, when: has('.terraform') },
  { pattern: '.DS_Store', like: /^\.DS_Store/, when: has('.DS_Store') },
  { pattern: '.dockerignore', like: /^\.dockerignore$/, when: () => true },
  {
    pattern: 'Dockerfile*',
    like: /^Dockerfile/,
    when: ({ top }) => [...top].some((name) => name.startsWith('Dockerfile')),
  },
  {
    pattern: 'compose*.yaml',
    like: /^compose.*\.yaml$/,
    when: ({ top }) => [...top].some((name) => /^compose.*\.yaml$/.test(name)),
  },
  {
    pattern: 'docker-compose*.yml',
    like: /^docker-compose.*\.yml$/,
    when: ({ top }) => [...top].some((name) => /^docker-compose.*\.yml$/.test(name)),
  },
];

/** A .dockerignore of what lies in such a project and belongs in no image. */
export function writeDockerignore(dockerfile: Dockerfile, project: Project): Cure {
  const context = project.contextOf(dockerfile);
  const names = context?.top() ?? [];
  if (!context || names.every((name) => name === dockerfile.file.split('/').at(-1)))
    return leftBecause('what lies beside the Dockerfile is not known');
  const place = placeOf(context, project);
  const named = namedIn(context, project);
  const lines = ignorables
    .filter(({ when, like }) => when(place) && !named.some((name) => like.test(name)))
    .map(({ pattern }) => pattern);
  return fixOf(
    {
      title: 'Keep out of the build what belongs in no image',
      // Something may read a file at run time that no line names.
      safety: 'review',
      provedBy: 'boot-time',
      note: 'look through the list: what the program reads while it runs must not be in it',
    },
    ignoring(context, lines),
  );
}

/** Lines for these very paths, in the ignore file there is or in a new one. */
export function ignorePaths(dockerfile: Dockerfile, project: Project, paths: readonly string[]): Cure {
  const context = project.contextOf(dockerfile);
  if (!context) return leftBecause('its build context is not at hand');
  const wanted = namedIn(context, project).find((name) =>
    paths.some((path) => path === name || path.endsWith(`/${name}`)),
  );
  if (wanted !== undefined) return leftBecause(`a line of the Dockerfile names ${wanted}, so the build needs it`);
  const [first = ''] = paths;
  return fixOf(
    {
      title:
        paths.length === 1
          ? `Keep ${first} out of the build`
          : `Keep ${first} and ${paths.length - 1} more out of the build`,
      safety: 'review',
      provedBy: 'secrets-stay-secret',
      note: 'a program that reads it while it runs must be given it by a mount or a secret',
    },
    ignoring(context, paths),
  );
}

function ignoring(context: BuildContext, patterns: readonly string[]): Change {
  const { ignoreFile } = context;
  const file = ignoreFile?.path ?? joinPath(context.directory, '.dockerignore');
  const old = ignoreFile?.tree.text ?? '';
  const eol = old.includes('\r\n') ? '\r\n' : '\n';
  const lines = patterns.filter((pattern) => !old.split(/\r?\n/).includes(pattern)).map((pattern) => pattern + eol);
  if (lines.length === 0) return leftBecause('the ignore file names it already, and a later line lets it in again');
  if (!ignoreFile) return { edits: [newFile(file, lines.join(''))], sets: [] };
  const gap = old === '' || old.endsWith('\n') ? '' : eol;
  return { edits: [{ span: { file, start: old.length, end: old.length }, text: gap + lines.join('') }], sets: [] };
}

function placeOf(context: BuildContext, project: Project): Place {
  const commands = project.dockerfiles
    .filter((one) => one.context === context.directory)
    .flatMap(({ stages }) => stages.flatMap(({ steps }) => steps.flatMap((step) => step.commands)));
  const versioned = ['pyproject.toml', 'setup.py', 'setup.cfg'].some((name) =>
    /setuptools[-_]scm|hatch-vcs|versioneer|dunamai|versioningit|pbr\b/.test(context.text(name) ?? ''),
  );
  return {
    context,
    top: new Set(context.top()),
    installs: new Set(commands.flatMap((command) => languageCommand(command)?.manager ?? [])),
    usesGit:
      versioned ||
      commands.some(({ name, words }) => name === 'git' && words[1]?.text !== 'clone' && words[1]?.text !== 'config'),
  };
}

/** Paths of the context that a line of a Dockerfile names: what it copies, mounts, runs. */
function namedIn(context: BuildContext, project: Project): string[] {
  const names = new Set<string>();
  for (const dockerfile of project.dockerfiles)
    if (dockerfile.context === context.directory)
      for (const { steps } of dockerfile.stages)
        for (const { instruction, commands, mounts } of steps) {
          const words = /^(?:COPY|ADD)$/.test(instruction.keyword)
            ? instruction.flags.some(({ name }) => name === 'from')
              ? []
              : instruction.words.slice(0, -1)
            : commands.flatMap((command) => command.words);
          for (const { text } of [...words, ...instruction.flags.map((flag) => ({ text: flag.value ?? '' }))])
            if (text.length < 500) names.add(text.replace(/^(?:\.?\/)+/, ''));
          for (const { target } of mounts) if (target !== undefined) names.add(target.split('/').at(-1) ?? target);
        }
  return [...names].filter((name) => name !== '');
}
