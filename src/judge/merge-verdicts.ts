import type { Finding } from '../vocabulary/finding.ts';
import { lazily } from '../vocabulary/lazily.ts';
import { severities } from '../vocabulary/severity.ts';
import type { ChecklistItemState, ChecklistState, ItemState, Verdict } from '../vocabulary/verdict.ts';
import type { SourceLine } from './baseline.ts';
import { byPlace } from './judge.ts';
import type { JudgedPart } from './judge-part.ts';

type Part = Pick<JudgedPart, 'verdict' | 'configuredBy'>;

/** One verdict of several: each finding once, in the order of files and places, and each checklist once. */
export function mergeVerdicts(parts: readonly Part[]): Verdict {
  const [only] = parts;
  if (only && parts.length === 1) return only.verdict;
  const verdicts = parts.map(({ verdict }) => verdict);
  const isNews = usedNowhere(parts);
  const suppressed = distinct(verdicts.flatMap((verdict) => verdict.suppressed ?? [])).filter(isNews);
  const checklists = lazily(() => mergedChecklists(verdicts));
  return {
    findings: distinct(verdicts.flatMap(({ findings }) => findings)).filter(isNews),
    ...(suppressed.length > 0 ? { suppressed } : {}),
    get checklists() {
      return checklists();
    },
    services: verdicts.flatMap(({ services }) => services),
    files: [...new Set(verdicts.flatMap(({ files }) => files))].sort(),
    unread: [...new Map(verdicts.flatMap(({ unread }) => unread.map((one) => [one.path, one] as const))).values()],
    get failures() {
      return verdicts.flatMap(({ failures }) => failures);
    },
  };
}

/** The line of a file as the verdict of all names it, secrets masked; `''` where there is none. */
export function sourceLineOf(
  parts: readonly Pick<JudgedPart, 'verdict' | 'sourceLine'>[],
): (file: string, line: number) => string {
  const owners = new Map<string, SourceLine>();
  for (const { verdict, sourceLine } of parts) for (const file of verdict.files) owners.set(file, sourceLine);
  return (file, line) => {
    const owner = owners.get(file);
    if (owner) return owner(file, line) ?? '';
    for (const { sourceLine } of parts) {
      const found = sourceLine(file, line);
      if (found !== undefined) return found;
    }
    return '';
  };
}

/** Projects that share a file, an included one for example, have its findings in common; the worst weight counts. */
function distinct<T extends Finding>(findings: readonly T[]): T[] {
  const known = new Map<string, T>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const other = known.get(key);
    if (!other || severities.indexOf(finding.severity) < severities.indexOf(other.severity)) known.set(key, finding);
  }
  return [...known.values()].sort(byPlace);
}

function keyOf({ rule, file, span, message }: Finding): string {
  return `${rule}\0${file}\0${span.start.offset}\0${span.end.offset}\0${message}`;
}

/** An entry of a configuration that several share is unused only where each of them says so. */
function usedNowhere(parts: readonly Part[]): (finding: Finding) => boolean {
  const users = new Map<string, number>();
  const idle = new Map<string, number>();
  for (const { verdict, configuredBy } of parts) {
    if (configuredBy === undefined) continue;
    users.set(configuredBy, (users.get(configuredBy) ?? 0) + 1);
    for (const finding of [...verdict.findings, ...(verdict.suppressed ?? [])])
      if (finding.rule === unused && finding.file === configuredBy)
        idle.set(keyOf(finding), (idle.get(keyOf(finding)) ?? 0) + 1);
  }
  return (finding) =>
    finding.rule !== unused || !users.has(finding.file) || idle.get(keyOf(finding)) === users.get(finding.file);
}

const unused = 'project/unused-suppression';

// What one project fails, all of them together fail; what one leaves open, nobody has passed.
const weightiest: readonly ItemState[] = ['fail', 'open', 'pass', 'not-applicable'];
const mostEvidence = 5;

/** Each list once, whatever the number of projects. */
function mergedChecklists(verdicts: readonly Verdict[]): ChecklistState[] {
  const lists = verdicts.map(({ checklists }) => checklists);
  const byId = new Map<string, ChecklistItemState[]>();
  for (const { items } of lists.flat())
    for (const item of items) {
      const known = byId.get(item.id);
      if (known) known.push(item);
      else byId.set(item.id, [item]);
    }
  const first = lists.find((list) => list.length > 0) ?? [];
  return first.map((list) => ({ ...list, items: list.items.map((item) => mergedItem(byId.get(item.id) ?? [item])) }));
}

function mergedItem(items: readonly ChecklistItemState[]): ChecklistItemState {
  const state = weightiest.find((candidate) => items.some((item) => item.state === candidate));
  const telling = items.filter((item) => item.state === state);
  const said = [...new Set(telling.map(({ evidence }) => evidence))];
  const left = said.length - mostEvidence;
  const evidence = [...said.slice(0, mostEvidence), ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
  return { ...(telling[0] as ChecklistItemState), evidence, at: [...new Set(telling.flatMap(({ at }) => at))] };
}
