import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Of these files (real paths), those that Git could not give back: changed since the last commit, staged, or not in it.
 * Files outside any repository are not among them.
 *
 * Contents are compared here, and not by `git status`, because that runs the programs that a repository's own
 * configuration names as filters: a project under check must not make us run anything.
 */
export function uncommitted(files: readonly string[]): string[] {
  const dirty: string[] = [];
  const directories = new Map<string, string[]>();
  for (const file of files) {
    if (!fs.existsSync(file) || !isInRepository(path.dirname(file))) continue;
    const directory = path.dirname(file);
    directories.set(directory, [...(directories.get(directory) ?? []), path.basename(file)]);
  }
  for (const [directory, names] of directories) {
    const staged = objects(directory, ['ls-files', '--stage', '-z', '--', ...names]);
    const committed = objects(directory, ['ls-tree', '-z', 'HEAD', '--', ...names]);
    for (const name of names) {
      const file = path.join(directory, name);
      const object = committed.get(name);
      if (object === undefined || staged.get(name) !== object || !isObject(file, object)) dirty.push(file);
    }
  }
  return dirty;
}

function isInRepository(directory: string): boolean {
  for (let here = directory; ; here = path.dirname(here)) {
    if (fs.existsSync(path.join(here, '.git'))) return true;
    if (here === path.dirname(here)) return false;
  }
}

/** Object names by file name; none where Git cannot say, be it that there is no Git. */
function objects(directory: string, command: readonly string[]): Map<string, string> {
  // GIT_DIR and its like are set in hooks, and would name another repository than the one the file lies in.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const safely = ['--literal-pathspecs', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
  const { status, stdout } = spawnSync('git', [...safely, ...command], {
    cwd: directory,
    env: { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    encoding: 'utf8',
    timeout: 20_000,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const found = new Map<string, string>();
  if (status !== 0) return found;
  // `100644 <object> 0\tname`, and of a tree `100644 blob <object>\tname`.
  for (const row of stdout.split('\0')) {
    const [head = '', name] = row.split('\t');
    const object = /\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b/.exec(head)?.[0];
    if (name !== undefined && object) found.set(name, object);
  }
  return found;
}

/** As it lies there, or as a checkout with `core.autocrlf` would have made it of what was committed. */
function isObject(file: string, object: string): boolean {
  const bytes = fs.readFileSync(file);
  if (objectName(bytes, object.length) === object) return true;
  const unix = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return unix.length < bytes.length && objectName(unix, object.length) === object;
}

/** Git's name for a file's content: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
function objectName(bytes: Buffer, digits: number): string {
  return crypto
    .createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
