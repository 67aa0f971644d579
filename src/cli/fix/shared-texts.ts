import fs from 'node:fs';
import path from 'node:path';
import type { Files } from '../../read/files.ts';
import { overlayFiles } from '../../read/files-overlay.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';

/** What becomes of one file on the disk. */
export interface SharedText {
  readonly before: string | undefined;
  readonly after: string;
  readonly shown: string;
  readonly isSecret: boolean;
}

/**
 * New texts by the real path of their file: projects that share a Dockerfile are mended one after the other, each on what
 * the one before has left.
 */
export class SharedTexts {
  readonly texts = new Map<string, SharedText>();

  /** A project's files as they would be if all that is known by now were written. */
  over(files: Files): Files {
    if (files.root === '' || this.texts.size === 0) return files;
    const created = new Map<string, string>();
    for (const [real, { before, after }] of this.texts)
      if (before === undefined) created.set(slashed(path.relative(realOf(files.root), real)), after);
    const laid = created.size > 0 ? overlayFiles(files, created) : files;
    return {
      ...laid,
      root: files.root,
      read: (name) => {
        const below = laid.read(name);
        const known = below.ok ? this.texts.get(realOf(path.resolve(files.root, name))) : undefined;
        return known ? { ok: true, text: known.after } : below;
      },
    };
  }

  /** What became of one project. The first text that was read counts as the one on the disk, whoever read it since. */
  keep(root: string, changed: ReadonlyMap<string, SharedText>): void {
    const seen = new Map<string, SharedText>();
    for (const [name, text] of changed) {
      const real = realOf(path.resolve(root, name));
      const other = seen.get(real);
      if (other && other.after !== text.after)
        throw new SeaworthyError(
          'unwritable',
          `"${text.shown}" and "${other.shown}" are one file; nothing was changed`,
          {
            hint: 'Mend them one by one with --only or --service.',
          },
        );
      seen.set(real, text);
      const known = this.texts.get(real);
      this.texts.set(real, known ? { ...known, after: text.after } : text);
    }
  }
}

/** Where a file really lies: links on the way are followed; what is not there yet lies where its directory does. */
export function realOf(file: string): string {
  try {
    return fs.realpathSync.native(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(realOf(parent), path.basename(file));
  }
}

function slashed(file: string): string {
  return path.sep === '/' ? file : file.split(path.sep).join('/');
}
