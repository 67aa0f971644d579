import { Places } from '../judge/places.ts';
import { secretMask } from '../model/masked-lines.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { Fix } from '../vocabulary/fix.ts';
import type { Change, Mending } from '../vocabulary/mending.ts';
import type { FixOutcome } from './fix-project.ts';
import { shownDiff } from './shown-diff.ts';

/** An outcome as it may be shown: paths behind the prefix, secrets masked, and for edits the diff. */
export async function shownOutcome(outcome: FixOutcome, prefix = ''): Promise<Mending> {
  const { before, after } = outcome.projects;
  const masked = secretMask(before);
  const places = new Places(before, prefix);
  const named = (file: string) => places.named(file);
  const finding = ({ fix: _fix, left: _left, ...one }: Finding): Finding => ({
    ...one,
    file: named(one.file),
    ...(one.related ? { related: one.related.map((place) => ({ ...place, file: named(place.file) })) } : {}),
  });
  const change = ({ title, safety, provedBy, note, edits }: Fix): Change => ({
    title: masked(title),
    safety,
    ...(provedBy === undefined ? {} : { provedBy }),
    ...(note === undefined ? {} : { note: masked(note) }),
    files: [...new Set(edits.map(({ span }) => named(span.file)))],
  });
  const pairs = [...outcome.files].map(([file, text]) => ({ file, old: outcome.originals.get(file), new: text }));
  return {
    applied: outcome.applied.map((one) => ({ finding: finding(one.finding), change: change(one.fix) })),
    left: outcome.left.map(({ finding: one, because, needsReview }) => ({
      finding: finding(one),
      because: masked(because),
      needsReview,
      ...(needsReview && one.fix ? { change: change(one.fix) } : {}),
    })),
    diffs: await shownDiff(pairs, before, after, named),
  };
}
