import type { Finding } from '../vocabulary/finding.ts';
import type { Change, Mending } from '../vocabulary/mending.ts';
import { renderDiff } from './diff.ts';

/** Raised when a reader of the old form would fail; fields are only added within a version. */
const schemaVersion = 1;

/**
 * What `fix` did, for programs. Edits are not told, since they may hold secrets: `diff` tells, masked. Ends with a line
 * end.
 */
export function renderFixJson(
  { applied, left, diffs }: Mending,
  extras: { readonly version: string; readonly isDryRun: boolean },
): string {
  const body = {
    $schema: 'seaworthy/schema/fix-1.schema.json',
    schemaVersion,
    tool: { name: 'seaworthy', version: extras.version },
    dryRun: extras.isDryRun,
    summary: { applied: applied.length, left: left.length },
    // Two projects may have changed one file, each in its turn.
    files: [...new Map(diffs.toReversed().map(({ file, isNew }) => [file, isNew])).entries()]
      .reverse()
      .map(([file, isNew]) => ({ file, new: isNew })),
    applied: applied.map(({ finding, change }) => ({ ...about(finding), change: changeJson(change) })),
    left: left.map(({ finding, because, needsReview, change }) => ({
      ...about(finding),
      file: finding.file,
      line: finding.span.start.line,
      column: finding.span.start.column,
      because,
      needsReview,
      change: change && changeJson(change),
    })),
    diff: renderDiff(diffs, { color: false }),
  };
  return `${JSON.stringify(body, null, 2)}\n`;
}

function about({ rule, severity, confidence, message, service, services }: Finding) {
  return { rule, severity, confidence, message, service, services };
}

function changeJson({ title, safety, provedBy, note, files }: Change) {
  return { title, safety, provedBy, note, files };
}
