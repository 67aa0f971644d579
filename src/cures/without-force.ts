import { edited, fixOf } from '../edit/change.ts';
import { removeWord, replaceWord } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { ShellCommand, ShellWord } from '../read/shell/tree.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** apt-get answers "yes" by itself, but takes no package that it cannot check; --force-yes is deprecated since apt 1.1. */
export function withoutForce(step: Step, { words }: ShellCommand, option: ShellWord): Cure {
  const saysYes = words.some(({ text }) => /^(?:-[a-z]*y[a-z]*|--yes|--assume-yes|-qq)$/.test(text));
  return fixOf(
    {
      title: saysYes ? 'Leave --force-yes out' : 'Write -y for --force-yes',
      safety: 'review',
      note: 'a package whose signature cannot be checked stops the build then, and so does a downgrade',
    },
    edited(saysYes ? removeWord(step, option) : replaceWord(step, option, '-y')),
  );
}
