import { createIgnore } from '../read/dockerignore/match.ts';
import { parseDockerignore } from '../read/dockerignore/parse.ts';
import type { Files } from '../read/files.ts';
import { dirName, joinPath } from '../read/paths.ts';
import { withoutEndSlashes } from '../vocabulary/path-end.ts';

/**
 * Does git keep the path out of the repository? `unknown` where no `.gitignore` was found on the way: the repository
 * may begin further up. A `.gitignore` says nothing of files that were committed before it, so `yes` is what is meant,
 * not what is.
 */
export function gitIgnored(files: Files, path: string): 'yes' | 'no' | 'unknown' {
  let answer: 'yes' | 'no' | 'unknown' = 'unknown';
  const wanted = joinPath('.', path);
  if (wanted.startsWith('../') || wanted.startsWith('/')) return answer;
  // From the root down: the nearest file that says something wins (gitignore(5)).
  for (const directory of parents(wanted)) {
    const file = joinPath(directory, '.gitignore');
    const read = files.read(file);
    if (!read.ok) continue;
    const inside = directory === '.' ? wanted : wanted.slice(directory.length + 1);
    const { patterns } = parseDockerignore(file, asDockerignore(read.text));
    if (createIgnore(patterns).ignores(inside)) answer = 'yes';
    else if (answer === 'unknown') answer = 'no';
  }
  return answer;
}

function parents(path: string): string[] {
  const found: string[] = [];
  for (let at = dirName(path); !found.includes(at); at = dirName(at)) found.unshift(at);
  return found.includes('.') ? found : ['.', ...found];
}

/**
 * The same patterns in the other dialect: without a slash inside, a name counts at any depth; with one, it counts from
 * the directory of the file. Both dialects take what lies below an ignored directory.
 */
export function asDockerignore(text: string): string {
  return text
    .split('\n')
    .map((written) => {
      const line = written.trimEnd();
      if (line === '' || line.startsWith('#')) return '';
      const negated = line.startsWith('!');
      const pattern = withoutEndSlashes((negated ? line.slice(1) : line).replace(/^\\(?=[#!])/, ''));
      const anchored = pattern.includes('/');
      return `${negated ? '!' : ''}${anchored ? pattern.replace(/^\//, '') : `**/${pattern}`}`;
    })
    .join('\n');
}
