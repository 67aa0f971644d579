import type { DrillReport, DrillResult, Outcome } from '../../vocabulary/drill.ts';
import { count } from '../listed.ts';
import { Budget, mostCharacters } from '../markdown-budget.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import type { DrillFormat } from './drill-format.ts';
import { evidenceValue, repeatedText, secondsText } from './figures.ts';
import { byService, outcomesText, tallyDrills } from './tally.ts';

/** Kept back for the line that says what was cut. */
const reserve = 300;
const mostNotes = 40;
const signs: Readonly<Record<Outcome, string>> = { held: '✔', broke: '✘', inconclusive: '?' };

/** Lets a workflow find its own comment and replace it. */
const marker = '<!-- seaworthy drill -->';

/**
 * For a comment on a pull request or a file: a table of all drills, then each with its evidence, folded. Under 60,000
 * characters; what does not fit is counted. Nothing of the user's project acts as Markdown, mentions or links.
 */
export const renderDrillMarkdown: DrillFormat = (report) => {
  const results = byService(report.drills).flatMap(([, some]) => some);
  const page = new Budget(mostCharacters - reserve);
  page.add([marker, `## Seaworthy drill: ${headline(report)}`, '', madeOn(report), '']);
  const cut = table(results, page);
  const untold = results.filter((result) => !page.add(details(result)));
  page.add(
    notes('What stood in for something real', report.standIns, ({ kind, service, wanted, used }) => {
      const whose = service === undefined ? '' : `${escapeMarkdown(service)}, `;
      return `${whose}${escapeMarkdown(kind)}: ${code(wanted)} → ${code(used)}`;
    }),
  );
  page.add(
    notes(
      'Not drilled',
      report.skipped,
      ({ id, service, because }) => `${code(id)} of ${escapeMarkdown(service)}: ${escapeMarkdown(because)}`,
    ),
  );
  const left = Math.max(cut, untold.length);
  const end = left > 0 ? [`**… and ${count(left, 'more drill')}**: \`--format json\` tells all.`] : [];
  return `${[...page.lines, ...end].join('\n').trimEnd()}\n`;
};

function headline({ drills }: DrillReport): string {
  if (drills.length === 0) return 'nothing was drilled';
  return outcomesText(tallyDrills(drills));
}

function madeOn({ project, engine, seconds }: DrillReport): string {
  return `${code(project)} on ${escapeMarkdown(engine.name)} ${escapeMarkdown(engine.version)}, ${secondsText(seconds)}`;
}

/** Returns how many found no room. */
function table(results: readonly DrillResult[], page: Budget): number {
  if (results.length === 0) return 0;
  page.add(['| | Service | Drill | What was seen | Time |', '|---|---|---|---|--:|']);
  const cut = results.filter((one) => {
    const seen = [one.summary, repeatedText(one)].filter((part) => part !== '').join('; ');
    const cells = [escapeMarkdown(one.service), code(one.id), escapeMarkdown(seen), secondsText(one.seconds)];
    // Half of the room is for the details.
    return !page.add([`| ${signs[one.outcome]} ${one.outcome} | ${cells.join(' | ')} |`], mostCharacters / 2);
  });
  page.add(['']);
  return cut.length;
}

function details(result: DrillResult): string[] {
  const title = `${signs[result.outcome]} ${escapeMarkdown(result.service)}: ${code(result.id)}`;
  const rows = result.evidence.map(
    (one) => `| ${escapeMarkdown(one.name)} | ${evidenceValue(one).slice(0, 20).map(escapeMarkdown).join('<br>')} |`,
  );
  return [
    `<details><summary>${title}</summary>`,
    '',
    escapeMarkdown(result.claim),
    '',
    ...(rows.length > 0 ? ['| Evidence | |', '|---|---|', ...rows, ''] : []),
    ...result.advice.map((one) => `- → ${code(one)}`),
    ...(result.advice.length > 0 ? [''] : []),
    '</details>',
    '',
  ];
}

function notes<T>(title: string, entries: readonly T[], told: (entry: T) => string): string[] {
  if (entries.length === 0) return [];
  const left = entries.length - mostNotes;
  return [
    `<details><summary>${title}: ${entries.length}</summary>`,
    '',
    ...entries.slice(0, mostNotes).map((entry) => `- ${told(entry)}`),
    ...(left > 0 ? [`- … and ${left} more`] : []),
    '',
    '</details>',
    '',
  ];
}

/** As HTML: backticks inside a table cell, or in the text itself, would need escapes of their own. */
function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}
