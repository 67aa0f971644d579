import type { Files, ReadOutcome } from '../read/files.ts';
import { joinPath } from '../read/paths.ts';

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
const deepest = 12;
const mostEntries = 200_000;

/** Dockerfiles below a directory, sorted; hidden folders and those of installed packages are passed over. */
export function findDockerfiles(files: Files, directory: string, unread: { path: string; reason: string }[]): string[] {
  const found: string[] = [];
  const open: { path: string; depth: number }[] = [{ path: directory, depth: 0 }];
  let seen = 0;
  for (let place = open.pop(); place; place = open.pop()) {
    for (const entry of files.list(place.path)) {
      if (++seen > mostEntries) {
        unread.push({
          path: place.path,
          reason: `more than ${mostEntries} files: the search for Dockerfiles stopped here`,
        });
        return found.sort();
      }
      const path = joinPath(place.path, entry.name);
      if (entry.kind === 'directory') {
        if (!entry.name.startsWith('.') && !passedOver.has(entry.name) && place.depth < deepest)
          open.push({ path, depth: place.depth + 1 });
      } else if (entry.name === 'Dockerfile' || (isDockerfile.test(entry.name) && !notDockerfile.test(entry.name))) {
        const kind = entry.kind === 'file' ? 'file' : files.kind(path);
        if (kind === 'file') found.push(path);
        else unread.push({ path, reason: whyNot(kind, files.read(path)) });
      }
    }
  }
  return found.sort();
}

/** A link or something stranger by a Dockerfile's name: told, since Docker may well build from it. */
function whyNot(kind: ReturnType<Files['kind']>, outcome: ReadOutcome): string {
  if (kind === 'directory') return 'is a link to a directory';
  if (kind === 'missing') return 'is a link to nothing';
  return !outcome.ok && outcome.reason === 'outside'
    ? 'is a link that leads out of the project: not followed'
    : 'is not a regular file';
}
