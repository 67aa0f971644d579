import { edited, fixOf } from '../edit/change.ts';
import { replaceWord } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { ShellWord } from '../read/shell/tree.ts';
import type { Cure } from '../vocabulary/fix.ts';

const modes: Readonly<Record<string, string>> = {
  '777': '755',
  '0777': '0755',
  'a+rwx': 'a+rx',
  'ugo+rwx': 'ugo+rx',
  '+rwx': '+rx',
};

/** Programs and scripts are run by all, and changed by nobody: they need no right to write. */
export function closeScripts(step: Step, mode: ShellWord, paths: readonly ShellWord[]): Cure | undefined {
  const wanted = Object.hasOwn(modes, mode.text) ? modes[mode.text] : undefined;
  const areScripts = paths.every(({ text }) =>
    /[^/]\.(?:sh|bash|py|pl|rb|php|jar)$|\/s?bin\/[\w.-]+$|entry-?point[\w.-]*$/.test(text),
  );
  if (wanted === undefined || paths.length === 0 || !areScripts) return undefined;
  return fixOf(
    {
      title: `Write mode ${wanted}`,
      safety: 'review',
      note: 'all may still run it; nobody but its owner may change it',
    },
    edited(replaceWord(step, mode, wanted)),
  );
}
