import { edited, fixOf } from '../edit/change.ts';
import { wordBehind } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { ShellWord } from '../read/shell/tree.ts';
import type { Cure, Fix } from '../vocabulary/fix.ts';

/** An option directly behind a command's verb: `apt-get install -y`. */
export function addOption(
  step: Step,
  verb: ShellWord | undefined,
  option: string,
  about: Partial<Pick<Fix, 'safety' | 'title' | 'note' | 'provedBy'>> = {},
): Cure {
  return fixOf({ title: `Add ${option}`, safety: 'safe', ...about }, edited(wordBehind(step, verb, option)));
}
