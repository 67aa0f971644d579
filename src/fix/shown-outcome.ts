import { secretMask } from '../judge/masked-lines.ts';
import { Places } from '../judge/places.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { Fix } from '../vocabulary/fix.ts';
import type { Mending } from '../vocabulary/mending.ts';
import type { FixOutcome } from './fix-project.ts';
import { shownDiff } from './shown-diff.ts';

/**
 * An outcome as it may be shown: paths behind the prefix, secrets masked. Edits are left out, since the texts they put in
 * may be secrets and their places are those of a text between the old and the new one; the diff tells.
 */
export async function shownOutcome(outcome: FixOutcome, prefix = ''): Promise<Mending> {
  const { before, after } = outcome.projects;
  const masked = secretMask(before);
  const places = new Places(before, prefix);
  const named = (file: string) => places.named(file);
  const finding = ({ fix, ...one }: Finding): Finding => ({
    ...one,
    file: named(one.file),
    ...(one.related ? { related: one.related.map((place) => ({ ...place, file: named(place.file) })) } : {}),
    ...(fix ? { fix: shownFix(fix) } : {}),
  });
  const shownFix = (fix: Fix): Fix => ({
    ...fix,
    title: masked(fix.title),
    ...(fix.note === undefined ? {} : { note: masked(fix.note) }),
    edits: fix.edits.map(({ span }) => ({ span: { ...span, file: named(span.file) }, text: '' })),
  });
  const pairs = [...outcome.files].map(([file, text]) => ({ file, old: outcome.originals.get(file), new: text }));
  return {
    applied: outcome.applied.map((one) => ({ finding: finding(one.finding), fix: shownFix(one.fix) })),
    left: outcome.left.map((one) => ({ ...one, finding: finding(one.finding), because: masked(one.because) })),
    diffs: await shownDiff(pairs, before, after, named),
  };
}
