import { edited, fixOf } from '../edit/change.ts';
import { wordBehind } from '../edit/script.ts';
import { neededRecommends } from '../knowledge/recommended-packages.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../model/image/image-of.ts';
import { type PackageCommand, packageCommand, packageName } from '../model/image/package-commands.ts';
import type { ShellWord } from '../read/shell/tree.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';

/** apt without recommended packages, but with those that others cannot do without. */
export function skipRecommends(step: Step, run: PackageCommand): Cure {
  const option = run.program === 'aptitude' ? '--without-recommends' : '--no-install-recommends';
  const added = neededOf(step, run);
  return fixOf(
    {
      title: `Add ${option}${added.length > 0 ? `, and install ${added.map(({ name }) => name).join(', ')} by name` : ''}`,
      safety: 'review',
      provedBy: 'boot-time',
      note: 'the build or the app may have used one of the packages that are no longer there',
    },
    edited(wordBehind(step, behindYes(run), option), ...added.map(({ edit }) => edit)),
  );
}

/** `install -y --no-install-recommends`, as people write it. */
function behindYes({ verbSpan, command }: PackageCommand): ShellWord | undefined {
  const at = command.words.findIndex((word) => word === verbSpan);
  const next = command.words[at + 1];
  return next && /^(?:-y|-qq?|-qqy|-yqq?|-qy|--yes|--assume-yes)$/.test(next.text) ? next : verbSpan;
}

function neededOf(step: Step, run: PackageCommand): { readonly name: string; readonly edit: Edit | undefined }[] {
  // Language and server images are built on more than the distribution, certificates included.
  const { facts } = imageOfStage(step.stage);
  if (facts && facts.kind !== 'base') return [];
  return neededRecommends.flatMap((row) => {
    const word = run.packages.find((one) => row.package.test(packageName(one)));
    if (!word || isInstalled(step, run, row)) return [];
    return [{ name: row.needs, edit: besides(step, run, word, row.needs) }];
  });
}

/** By name anywhere in the stage, or by an earlier install that recommends it and is mended first. */
function isInstalled(step: Step, run: PackageCommand, row: (typeof neededRecommends)[number]): boolean {
  for (let { stage }: { stage: Step['stage'] | undefined } = step; stage; stage = stage.from.stage)
    for (const { commands } of stage.steps)
      for (const command of commands) {
        const other = packageCommand(command);
        if (other?.verb !== 'install') continue;
        const names = other.packages.map(packageName);
        if (names.includes(row.needs)) return true;
        const isEarlier = command.span.start < run.command.span.start;
        const brings = isEarlier && !other.options.flags.has('--no-install-recommends');
        if (brings && names.some((name) => row.package.test(name))) return true;
      }
  return false;
}

/** In front of the package, on a line of its own where each has one. */
function besides(step: Step, { packages, command }: PackageCommand, word: ShellWord, name: string): Edit | undefined {
  const { text } = step.stage.dockerfile.tree;
  if (text.slice(word.span.start, word.span.end) !== word.text) return undefined;
  const at = packages.indexOf(word);
  const [before, next] = [packages[at - 1], packages[at + 1]];
  const verb = command.words[command.words.indexOf(word) - 1];
  const gap = before
    ? text.slice(before.span.end, word.span.start)
    : next
      ? text.slice(word.span.end, next.span.start)
      : text.slice(verb?.span.end ?? word.span.start, word.span.start);
  const plain = /^[\s\\`]+$/.test(gap) ? gap : ' ';
  return { span: { ...word.span, end: word.span.start }, text: `${name}${plain}` };
}
