import type { Finding } from '../vocabulary/finding.ts';
import { severities } from '../vocabulary/severity.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import { type FindingGroup, groupFindings } from './finding-groups.ts';
import type { Format } from './format.ts';
import { count } from './listed.ts';
import { Budget, mostCharacters } from './markdown-budget.ts';
import { escapeMarkdown } from './markdown-text.ts';
import { itemsText, severityText, tallyFindings, tallyItems } from './tally.ts';

/** Kept back for the line that says what was cut, and for what closes an open block. */
const reserve = 600;
const mostRows = 40;
const mostNotes = 20;

/** Lets a workflow find its own comment and replace it. */
const marker = '<!-- seaworthy -->';

/**
 * For a comment on a pull request: a table by service, and below it each service's findings folded. Under 60,000
 * characters, whatever the verdict; what does not fit is counted. Nothing of the user's files acts as Markdown, mentions
 * a person or links anywhere.
 */
export const renderMarkdown: Format = (verdict) => {
  const groups = groupFindings(verdict.findings, false);
  const page = new Budget(mostCharacters - reserve);
  page.add([marker, `## Seaworthy: ${headline(verdict)}`, '']);
  page.add(notes('Not looked at', verdict.unread, ({ path, reason }) => `${code(path)}: ${escapeMarkdown(reason)}`));
  page.add(
    notes('A bug in seaworthy', verdict.failures, ({ rule, message }) => `${code(rule)}: ${escapeMarkdown(message)}`),
  );
  if (groups.length > 0) page.add(table(groups));
  const left = groups.reduce((sum, group) => sum + details(group, page), 0);
  const items = itemsText(tallyItems(verdict.checklists));
  const end = [
    ...(left > 0 ? [`**… and ${count(left, 'more finding')}**: \`seaworthy check\` shows all.`, ''] : []),
    ...(items === '' ? [] : [`Checklists: ${items}`, '']),
  ];
  return `${[...page.lines, ...end].join('\n').trimEnd()}\n`;
};

function headline(verdict: Verdict): string {
  if (verdict.findings.length > 0)
    return `${count(verdict.findings.length, 'finding')} (${severityText(tallyFindings(verdict.findings))})`;
  const isWhole = verdict.unread.length === 0 && verdict.failures.length === 0;
  if (verdict.files.length === 0) return 'nothing was judged';
  return isWhole ? `no findings in ${count(verdict.files.length, 'file')}` : 'no findings in what was judged';
}

function notes<T>(title: string, entries: readonly T[], told: (entry: T) => string): string[] {
  if (entries.length === 0) return [];
  const left = entries.length - mostNotes;
  return [
    `**${title}**`,
    '',
    ...entries.slice(0, mostNotes).map((entry) => `- ${told(entry)}`),
    ...(left > 0 ? [`- … and ${left} more`] : []),
    '',
  ];
}

function table(groups: readonly FindingGroup[]): string[] {
  const rows = groups.slice(0, mostRows).map((group) => {
    const tally = tallyFindings(group.findings);
    return `| ${name(group)} | ${severities.map((severity) => tally[severity] || '–').join(' | ')} |`;
  });
  const left = groups.length - rows.length;
  return [
    `| | ${severities.join(' | ')} |`,
    '|---|--:|--:|--:|--:|',
    ...rows,
    ...(left > 0 ? [`| … and ${left} more | | | | |`] : []),
    '',
  ];
}

/** Returns how many findings found no room. */
function details(group: FindingGroup, page: Budget): number {
  const close = ['', '</details>', ''];
  const counts = severityText(tallyFindings(group.findings));
  const open = [
    `<details><summary>${name(group)}: ${counts}</summary>`,
    '',
    '| Severity | Finding | Where | Rule |',
    '|---|---|---|---|',
  ];
  const rows = group.stacks.map(({ shown }) => row(shown));
  const closing = close.reduce((sum, line) => sum + line.length + 1, 0);
  // A block that could show nothing is not opened.
  if (!page.add([...open, rows[0] ?? ''], closing)) return rows.length;
  let shown = 1;
  while (shown < rows.length && page.add([rows[shown] ?? ''], closing)) shown += 1;
  page.add(close);
  return rows.length - shown;
}

function row(finding: Finding): string {
  const sure = finding.confidence === 'certain' ? '' : ` (${finding.confidence})`;
  const place = `${finding.file}:${finding.span.start.line}`;
  return `| ${finding.severity}${sure} | ${escapeMarkdown(finding.message)} | ${code(place)} | ${code(finding.rule)} |`;
}

function name(group: FindingGroup): string {
  return group.kind === 'service' ? `<b>${escapeMarkdown(group.name)}</b>` : code(group.name);
}

/** As HTML: backticks inside a table cell, or in the text itself, would need escapes of their own. */
function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}
