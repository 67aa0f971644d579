import { createIgnore, type Ignore } from '../read/dockerignore/match.ts';
import { parseDockerignore } from '../read/dockerignore/parse.ts';
import type { Entry, Files, ReadOutcome } from '../read/files.ts';
import { joinPath } from '../read/paths.ts';
import { COMPOSE_FILE_NAMES } from './compose/discover.ts';
import { asDockerignore } from './git-ignored.ts';

const isDockerfile = /^(?:(?:Dockerfile|Containerfile)(?:[._-][\w.-]+)?|[\w.-]+\.(?:Dockerfile|Containerfile))$/i;
// `Dockerfile.dockerignore` is an ignore file, `Dockerfile.md` a note, `Dockerfile.j2` a template.
const notDockerfile =
  /\.(?:dockerignore|md|txt|j2|jinja2?|tmpl|tpl|template|erb|mustache|in|orig|bak|swp|rej|json|ya?ml|ts|js|py|go|sh|rb|png|svg|html)$/i;
const passedOver: ReadonlySet<string> = new Set([
  'node_modules',
  'vendor',
  'venv',
  '__pycache__',
  'bower_components',
  'site-packages',
]);
const composeNames: ReadonlySet<string> = new Set(COMPOSE_FILE_NAMES);
const deepest = 12;
const mostEntries = 200_000;
/** Ignore files that people write hold some hundred lines; no other may make the search slow. */
const longestIgnoreFile = 100_000;
/** Comparisons of strings with `.gitignore` patterns, after which all counts as not ignored: about a second. */
const mostEffort = 20_000_000;

export interface Searched {
  /** Sorted. */
  readonly dockerfiles: readonly string[];
  /** Directories with a Compose file by a name that Compose looks for, sorted. */
  readonly composeDirectories: readonly string[];
  /** Directories with a file by one of the names asked for, sorted. */
  readonly marked: readonly string[];
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
}

interface Place {
  readonly path: string;
  readonly depth: number;
  /** One for each `.gitignore` from the root of the search down to here. */
  readonly ignores: readonly GitIgnore[];
}

interface GitIgnore {
  readonly directory: string;
  readonly ignore: Ignore;
}

/**
 * What lies below a directory. Hidden folders, those of installed packages and what git ignores are passed over: a
 * build copies Dockerfiles into its output, and nobody deploys from there. Each directory is listed once.
 */
export function searchTree(files: Files, directory: string, marks: readonly string[] = []): Searched {
  const dockerfiles: string[] = [];
  const composeDirectories: string[] = [];
  const marked: string[] = [];
  const unread: { path: string; reason: string }[] = [];
  const isMark = new Set(marks);
  const open: Place[] = [{ path: directory, depth: 0, ignores: [] }];
  let effort = mostEffort;
  /** Whether git leaves it out; a directory where a `!pattern` may take something back is entered all the same. */
  const isIgnored = (path: string, ignores: readonly GitIgnore[], isDirectory: boolean) =>
    ignores.some(({ directory: home, ignore }) => {
      effort -= ignore.cost;
      if (effort < 0) return false;
      const inside = home === '.' ? path : path.slice(home.length + 1);
      return ignore.ignores(inside) && !(isDirectory && ignore.reaches(inside));
    });
  let seen = 0;
  search: for (let place = open.pop(); place; place = open.pop()) {
    const entries = files.list(place.path);
    const ignores = entries.some(({ name }) => name === '.gitignore')
      ? [...place.ignores, ...gitIgnoreIn(files, place.path)]
      : place.ignores;
    let hasCompose = false;
    for (const entry of entries) {
      if (++seen > mostEntries) {
        const reason = `more than ${mostEntries} files: the search for Dockerfiles stopped here`;
        unread.push({ path: place.path, reason });
        break search;
      }
      const { name } = entry;
      if (entry.kind === 'directory') {
        if (name.startsWith('.') || passedOver.has(name) || place.depth >= deepest) continue;
        const path = joinPath(place.path, name);
        if (!isIgnored(path, ignores, true)) open.push({ path, depth: place.depth + 1, ignores });
      } else if (isDockerfile.test(name) && !notDockerfile.test(name)) {
        const path = joinPath(place.path, name);
        if (isIgnored(path, ignores, false)) continue;
        const kind = kindOf(files, path, entry);
        if (kind === 'file') dockerfiles.push(path);
        else unread.push({ path, reason: whyNot(kind, files.read(path)) });
      } else if (composeNames.has(name) || isMark.has(name)) {
        const path = joinPath(place.path, name);
        if (isIgnored(path, ignores, false) || kindOf(files, path, entry) !== 'file') continue;
        if (isMark.has(name)) marked.push(place.path);
        else if (!hasCompose) composeDirectories.push(place.path);
        hasCompose ||= composeNames.has(name);
      }
    }
  }
  return {
    dockerfiles: dockerfiles.sort(),
    composeDirectories: composeDirectories.sort(),
    marked: [...new Set(marked)].sort(),
    unread,
  };
}

function kindOf(files: Files, path: string, { kind }: Entry): ReturnType<Files['kind']> {
  return kind === 'file' ? 'file' : files.kind(path);
}

function gitIgnoreIn(files: Files, directory: string): GitIgnore[] {
  const file = joinPath(directory, '.gitignore');
  const read = files.read(file);
  if (!read.ok || read.text.length > longestIgnoreFile) return [];
  return [{ directory, ignore: createIgnore(parseDockerignore(file, asDockerignore(read.text)).patterns) }];
}

/** A link or something stranger by a Dockerfile's name: told, since Docker may well build from it. */
function whyNot(kind: ReturnType<Files['kind']>, outcome: ReadOutcome): string {
  if (kind === 'directory') return 'is a link to a directory';
  if (kind === 'missing') return 'is a link to nothing';
  return !outcome.ok && outcome.reason === 'outside'
    ? 'is a link that leads out of the project: not followed'
    : 'is not a regular file';
}
