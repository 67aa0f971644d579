import { severities } from '../vocabulary/severity.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import { padCells } from './cells.ts';
import type { FindingGroup } from './finding-groups.ts';
import { count, listed } from './listed.ts';
import type { Page } from './page.ts';
import { severityText, tallyFindings } from './tally.ts';
import { visible } from './visible.ts';
import { indented, wrap } from './wrap.ts';

/** Rows of the table by service, and paths not read, before the rest is only counted. */
const mostRows = 12;

/** What stands below the findings: the counts, what was not looked at, and what to do next. Blocks of lines. */
export function summaryBlocks(
  verdict: Verdict,
  groups: readonly FindingGroup[],
  page: Page,
  options: { readonly verbose: boolean; readonly checklists: boolean },
): string[][] {
  const most = options.verbose ? Number.POSITIVE_INFINITY : mostRows;
  const blocks = [
    verdict.findings.length > 0 ? countLines(verdict, groups, page, most) : calmLines(verdict, page),
    suppressedLines(verdict, page, options.verbose),
    unreadLines(verdict, page, most),
    failureLines(verdict, page),
    nextLines(groups, page, verdict.files.length > 0 && !options.checklists),
  ];
  return blocks.filter((block) => block.length > 0);
}

function countLines(verdict: Verdict, groups: readonly FindingGroup[], page: Page, most: number): string[] {
  const { paint } = page;
  const total = `${count(verdict.findings.length, 'finding')}: ${severityText(tallyFindings(verdict.findings))}`;
  const seen = `in ${count(verdict.services.length, 'service')}, ${count(verdict.files.length, 'file')}`;
  const lines = wrap(`${total} (${seen})`, page.width).map((line) => paint('strong', line));
  return groups.length > 1 ? [...lines, '', ...table(groups, page, most)] : lines;
}

function table(groups: readonly FindingGroup[], page: Page, most: number): string[] {
  const { paint, signs } = page;
  const rows = groups
    .slice(0, most)
    .map((group) => ({ name: visible(group.name), tally: tallyFindings(group.findings) }));
  const nameCells = 34;
  const cut = (name: string) =>
    padCells(name.length > nameCells ? `${signs.ellipsis}${name.slice(4 - nameCells)}` : name, nameCells);
  const head = severities.map((severity) => severity.padStart(9)).join('');
  const lines = rows.map(({ name, tally }) => {
    const numbers = severities.map((severity) => {
      const text = String(tally[severity] || signs.dash).padStart(9);
      return paint(tally[severity] > 0 ? severity : 'faint', text);
    });
    return `  ${cut(name)}${numbers.join('')}`;
  });
  const rest = groups.slice(rows.length);
  const left = rest.reduce((sum, group) => sum + group.findings.length, 0);
  const more = `  ${signs.ellipsis} and ${count(rest.length, 'more place')} with ${count(left, 'finding')}`;
  return [
    paint('faint', `  ${' '.repeat(nameCells)}${head}`),
    ...lines,
    ...(rest.length > 0 ? [paint('faint', more)] : []),
  ];
}

/** Says no more than was seen: nothing found is not the same as nothing there. */
function calmLines(verdict: Verdict, page: Page): string[] {
  const { paint, width } = page;
  if (verdict.files.length === 0) return wrap('Nothing was judged: no file could be read.', width);
  const isWhole = verdict.unread.length === 0 && verdict.failures.length === 0 && !verdict.suppressed;
  const word = verdict.suppressed
    ? 'No findings beside those that are suppressed.'
    : isWhole
      ? 'No findings: as far as its files can tell, this is seaworthy.'
      : 'No findings in what was judged.';
  const services = verdict.services.map((service) => visible(service.name));
  const of = services.length > 0 ? `${count(services.length, 'service')} (${listed(services, 8)})` : 'No service';
  const looked = `${of} judged from ${count(verdict.files.length, 'file')}: ${listed(verdict.files.map(visible), 8)}.`;
  return [
    ...wrap(word, width).map((line) => paint(isWhole ? 'pass' : 'strong', line)),
    ...wrap(looked, width),
    ...wrap('Files say what was asked for; only drills on a live engine would prove that it holds.', width),
  ];
}

/** `3 suppressed (2 by comments, 1 by the configuration)`; with `verbose` each, where and why. */
function suppressedLines(verdict: Verdict, page: Page, verbose: boolean): string[] {
  const { suppressed = [] } = verdict;
  if (suppressed.length === 0) return [];
  const words = { comment: 'by comments', config: 'by the configuration', baseline: 'by the baseline' } as const;
  const counts = (['comment', 'config', 'baseline'] as const)
    .map((by) => ({ by, number: suppressed.filter((one) => one.by === by).length }))
    .filter(({ number }) => number > 0)
    .map(({ by, number }) => `${number} ${words[by]}`);
  const hint = verbose ? '' : '; --verbose lists them';
  const head = wrap(`${suppressed.length} suppressed (${counts.join(', ')})${hint}`, page.width);
  if (!verbose) return head.map((line) => page.paint('faint', line));
  const told = suppressed.flatMap(({ rule, file, span, message, reason, until, at }) => {
    const why = reason === undefined ? 'no reason given' : reason;
    const day = until === undefined ? '' : `, until ${until}`;
    return entryLines(`${file}:${span.start.line} ${rule}`, `${message} [${at}: ${why}${day}]`, page);
  });
  return [...head, ...told];
}

function unreadLines(verdict: Verdict, page: Page, most: number): string[] {
  const { unread } = verdict;
  if (unread.length === 0) return [];
  const told = unread.slice(0, most).flatMap(({ path, reason }) => entryLines(path, reason, page));
  const left = unread.length - most;
  const more = left > 0 ? [page.paint('faint', `  ${page.signs.ellipsis} and ${left} more`)] : [];
  const head = `Not looked at, so nothing is said of ${unread.length === 1 ? 'it' : 'them'}:`;
  return [page.paint('open', head), ...told, ...more];
}

function failureLines(verdict: Verdict, page: Page): string[] {
  const { failures } = verdict;
  if (failures.length === 0) return [];
  const told = failures.flatMap(({ rule, message }) => entryLines(rule, message, page));
  const head = `${count(failures.length, 'rule')} failed; the others ran. This is a bug in seaworthy, not in your files:`;
  const plea =
    'Please report it: the lines above, the version (seaworthy --version) and, if you may share it, the file that shows it.';
  return [...wrap(head, page.width).map((line) => page.paint('fail', line)), ...told, ...wrap(plea, page.width)];
}

/** `  name: text`, further lines two deeper. */
function entryLines(name: string, text: string, page: Page): string[] {
  const [first = '', ...rest] = indented(`${visible(name)}: ${visible(text)}`, 4, page.width);
  return [first.slice(2), ...rest];
}

/** Of the checklists only where they are: working them all out takes as long as all rules together. */
function nextLines(groups: readonly FindingGroup[], page: Page, offersChecklists: boolean): string[] {
  const { paint, width } = page;
  const worst = groups[0]?.stacks[0]?.shown.rule;
  const steps: [string, string][] = [];
  if (worst !== undefined) steps.push([`seaworthy explain ${visible(worst)}`, 'why, and how to put it right']);
  if (worst !== undefined) steps.push(['seaworthy fix --dry-run', 'what can be mended']);
  if (offersChecklists) steps.push(['seaworthy check --checklist', 'the checklists, item by item']);
  const column = Math.max(0, ...steps.map(([command]) => command.length)) + 2;
  const isOneLine = steps.every(([, does]) => 6 + column + does.length <= width);
  return steps.flatMap(([command, does], index) => {
    const head = paint('faint', index === 0 ? 'next: ' : '      ') + paint('strong', command);
    return isOneLine ? [`${head}${' '.repeat(column - command.length)}${does}`] : [head, ...indented(does, 8, width)];
  });
}
