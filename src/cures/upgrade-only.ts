import { edited, fixOf } from '../edit/change.ts';
import { replaceWord } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { ShellWord } from '../read/shell/tree.ts';
import type { Cure } from '../vocabulary/fix.ts';

const verbs: Readonly<Record<string, string>> = { apt: 'upgrade', dnf: 'upgrade', yum: 'upgrade', zypper: 'update' };

/** Newer packages of the same release: nothing is removed, nothing moves on. */
export function upgradeOnly(step: Step, manager: string, verb: ShellWord | undefined): Cure | undefined {
  const wanted = verbs[manager];
  if (wanted === undefined || !verb) return undefined;
  return fixOf(
    {
      title: `Upgrade packages only: "${wanted}"`,
      safety: 'review',
      note: 'what needs a new package to be upgraded stays as it is',
    },
    edited(replaceWord(step, verb, wanted)),
  );
}
