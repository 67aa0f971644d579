import type { PackageCommand } from '../model/image/package-commands.ts';
import type { ShellWord } from '../model/image/programs.ts';

/**
 * Packages of a distribution named without a version. Variables may hold one; files and URLs are their own version; what
 * begins with `!` is kept out (apk), `@group` and `.name` stand for several.
 */
export function unpinned(run: PackageCommand, version: RegExp): ShellWord[] {
  if (run.verb !== 'install' || run.written === 'build-dep') return [];
  return run.packages.filter(({ text, literal }) => {
    if (!literal || text === '' || /^[!@.~-]|^\W/.test(text)) return false;
    if (/[/:]\/?\/|^\.?\.?\/|\.(?:deb|rpm|apk)$/.test(text)) return false;
    return !version.test(text);
  });
}

/** `curl, jq and 3 more`. */
export function someOf(words: readonly { readonly text: string }[]): string {
  const names = words.slice(0, 3).map(({ text }) => text);
  return words.length > 3
    ? `${names.join(', ')} and ${words.length - 3} more`
    : names.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}
