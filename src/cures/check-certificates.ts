import { edited, fixOf, leftBecause } from '../edit/change.ts';
import { removeWord, replaceWord } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../model/image/image-of.ts';
import { packageCommand, packageName } from '../model/image/package-commands.ts';
import type { ShellWord } from '../read/shell/tree.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** curl and wget without the option that switches certificate checks off. */
export function checkCertificates(step: Step, program: string, option: ShellWord): Cure | undefined {
  if (!hasAuthorities(step)) return leftBecause('install ca-certificates first, then leave the option out');
  const { text } = option;
  const rest = /^-[a-zA-Z]*k[a-zA-Z]*$/.test(text) && text !== '-k' ? text.replace('k', '') : undefined;
  return fixOf(
    {
      title: `Let ${program} check certificates`,
      safety: 'review',
      note: 'a server with a certificate of its own making is refused then, and the build stops',
    },
    edited(rest === undefined ? removeWord(step, option) : replaceWord(step, option, rest)),
  );
}

/** Those of the distribution are there: by a package, or since the base image has downloaded things itself. */
function hasAuthorities(step: Step): boolean {
  const { facts } = imageOfStage(step.stage);
  if (facts?.os?.family === 'alpine' || (facts !== undefined && facts.kind !== 'base')) return true;
  return step.stage.steps.slice(0, step.index + 1).some(({ commands }) =>
    commands.some((command) => {
      const run = packageCommand(command);
      return run?.verb === 'install' && run.packages.some((word) => packageName(word) === 'ca-certificates');
    }),
  );
}
