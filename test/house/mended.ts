import { type FixOptions, type FixOutcome, fixProject } from '../../src/fix/fix-project.ts';
import { unifiedDiff } from '../../src/fix/unified-diff.ts';
import { findConfiguration } from '../../src/judge/config/find-configuration.ts';
import { parseDockerfile } from '../../src/read/dockerfile/parse.ts';
import type { Files } from '../../src/read/files.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import { parseYaml } from '../../src/read/yaml/parse.ts';
import { allRules } from '../../src/rules/registry.ts';
import type { Finding } from '../../src/vocabulary/finding.ts';

/** Mends files in memory, or any others, as `seaworthy fix` would. */
export function mend(
  files: Files | Readonly<Record<string, string>>,
  options: Partial<FixOptions> = {},
): Promise<FixOutcome> {
  return fixProject(
    'read' in files && typeof files.read === 'function'
      ? (files as Files)
      : memoryFiles(files as Record<string, string>),
    {
      level: 'review',
      project: { today: '2026-11-21', compose: { env: {} } },
      rules: allRules,
      configurationOf: findConfiguration,
      ...options,
    },
  );
}

/** What a rule's `expect.diff` holds: the titles of its fixes, with their level, then what they change. */
export async function mendedText(files: Readonly<Record<string, string>>, rule: string): Promise<string> {
  const outcome = await mend(files, { only: [rule], optIn: [rule] });
  const diffs = await Promise.all(
    [...outcome.files].map(([file, text]) => unifiedDiff(file, outcome.originals.get(file), text)),
  );
  const titles = outcome.applied.map(({ fix }) => `# ${fix.safety}: ${fix.title}\n`);
  return [...new Set(titles), ...diffs].join('');
}

/**
 * What must hold of every mending, looked at by other means than the mender's own: no comment is lost, what could be
 * read can still be read, and no kind of finding is there more often than before.
 */
export function harmDone(outcome: FixOutcome): string[] {
  const harm: string[] = [];
  for (const [file, text] of outcome.files) {
    const original = outcome.originals.get(file);
    if (original === undefined) continue;
    const left = commentsOf(file, text);
    const lost = commentsOf(file, original).filter((comment) => !takeOne(comment, left));
    if (lost.length > 0) harm.push(`${file}: comments lost: ${lost.join(' | ')}`);
    if (faultsOf(file, text) > faultsOf(file, original)) harm.push(`${file}: can no longer be read`);
  }
  const before = tally(outcome.before.findings);
  for (const [kind, count] of tally(outcome.after.findings))
    if (count > (before.get(kind) ?? 0)) harm.push(`new finding: ${kind}`);
  return harm;
}

function takeOne(comment: string, from: string[]): boolean {
  const index = from.indexOf(comment);
  if (index !== -1) from.splice(index, 1);
  return index !== -1;
}

function commentsOf(file: string, text: string): string[] {
  return isYaml(file)
    ? parseYaml(text, file).comments.map((comment) => comment.text)
    : isDockerfile(file)
      ? parseDockerfile(text, file).comments.map((comment) => comment.text)
      : text.split(/\r?\n/).filter((line) => line.startsWith('#'));
}

function faultsOf(file: string, text: string): number {
  return isYaml(file)
    ? parseYaml(text, file).faults.length
    : isDockerfile(file)
      ? parseDockerfile(text, file).faults.length
      : 0;
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

function isDockerfile(file: string): boolean {
  return /dockerfile|containerfile/i.test(file) && !/\.dockerignore$|\.sh$|\.js(?:on)?$/i.test(file);
}

function tally(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, file, service } of findings) {
    const kind = `${rule} in ${file}${service === undefined ? '' : ` (${service})`}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
