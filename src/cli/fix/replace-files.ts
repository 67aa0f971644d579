import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { SeaworthyError } from '../../vocabulary/error.ts';

/** One file to be written: its real path, what it must still hold (undefined: it must not be there), and its new text. */
export interface Replacement {
  readonly file: string;
  readonly shown: string;
  readonly before: string | undefined;
  readonly after: string;
  /** For a file that is new: nobody but its owner may read it. */
  readonly isSecret?: boolean;
}

interface Prepared extends Replacement {
  readonly temporary: string;
}

/**
 * Replaces files whole. All new texts are first written beside the files, with their mode and owner, and brought to the
 * disk; then every file is compared with what was read; only then are they renamed into place. Whatever fails before
 * that leaves every file as it was; a failure between two renames puts back those that were made.
 */
export function replaceFiles(replacements: readonly Replacement[]): void {
  const prepared: Prepared[] = [];
  const done: Prepared[] = [];
  try {
    for (const one of replacements) prepared.push({ ...one, temporary: prepare(one) });
    for (const one of prepared) refuseChanged(one);
    for (const one of prepared) {
      put(one);
      done.push(one);
    }
  } catch (cause) {
    for (const one of done.reverse()) putBack(one);
    for (const { temporary } of prepared) fs.rmSync(temporary, { force: true });
    throw cause instanceof SeaworthyError ? cause : unwritable(replacements[prepared.length - 1], cause);
  }
  for (const directory of new Set(done.map(({ file }) => path.dirname(file)))) syncDirectory(directory);
}

function prepare(one: Replacement): string {
  const { file, before, after, isSecret } = one;
  refuseChanged(one);
  const directory = path.dirname(file);
  const temporary = path.join(directory, `.${path.basename(file)}.seaworthy-${crypto.randomBytes(6).toString('hex')}`);
  try {
    if (before === undefined) fs.mkdirSync(directory, { recursive: true });
    // Who may not write to the file shall not replace it either, though the directory would let them.
    else fs.accessSync(file, fs.constants.W_OK);
    writeWhole(temporary, after, before === undefined ? { mode: isSecret ? 0o600 : 0o644 } : fs.statSync(file));
    return temporary;
  } catch (cause) {
    fs.rmSync(temporary, { force: true });
    throw unwritable(one, cause);
  }
}

/** `wx`: what lies there by that name, were it a link, is not written through. */
function writeWhole(temporary: string, text: string, like: { mode: number; uid?: number; gid?: number }): void {
  const descriptor = fs.openSync(temporary, 'wx', 0o600);
  try {
    fs.writeFileSync(descriptor, text, 'utf8');
    const own = fs.fstatSync(descriptor);
    const { uid = own.uid, gid = own.gid } = like;
    // The mode comes second: changing the owner takes set-user-ID bits away.
    if (uid !== own.uid || gid !== own.gid) fs.fchownSync(descriptor, uid, gid);
    fs.fchmodSync(descriptor, like.mode & 0o7777);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function refuseChanged({ file, shown, before }: Replacement): void {
  let now: Buffer | undefined;
  try {
    now = fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unwritable({ shown }, error);
  }
  const isSame = before === undefined ? now === undefined : now?.equals(Buffer.from(before, 'utf8'));
  if (!isSame)
    throw new SeaworthyError('file-changed', `"${shown}" was changed by somebody else meanwhile; nothing was written`, {
      hint: 'Run seaworthy fix again.',
    });
}

function put({ file, temporary, before }: Prepared): void {
  if (before !== undefined) {
    fs.renameSync(temporary, file);
    return;
  }
  try {
    // Fails where a file came into being since we looked; a rename would replace it.
    fs.linkSync(temporary, file);
    fs.unlinkSync(temporary);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    fs.renameSync(temporary, file); // a file system without hard links
  }
}

function putBack(one: Prepared): void {
  const { file, before, after } = one;
  // Only what is still ours; and what cannot be put back must not hide why it had to be.
  try {
    if (before === undefined) fs.rmSync(file);
    else if (fs.readFileSync(file, 'utf8') === after) {
      writeWhole(one.temporary, before, fs.statSync(file));
      fs.renameSync(one.temporary, file);
    }
  } catch {
    fs.rmSync(one.temporary, { force: true });
  }
}

/** So that the rename, too, outlives a power cut. Not every file system lets a directory be opened. */
function syncDirectory(directory: string): void {
  try {
    const descriptor = fs.openSync(directory, 'r');
    try {
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    // The file is in place all the same.
  }
}

function unwritable(one: Pick<Replacement, 'shown'> | undefined, cause: unknown): SeaworthyError {
  const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new SeaworthyError(
    'unwritable',
    `"${one?.shown ?? 'A file'}" cannot be written${reason}; nothing was changed`,
    {
      hint: 'Its directory must be writable, and the file must be yours: its owner and mode are kept.',
      cause,
    },
  );
}
