import type { Finding } from '../vocabulary/finding.ts';
import type { Fix } from '../vocabulary/fix.ts';
import type { Applied, LeftFinding, Mending } from '../vocabulary/mending.ts';
import { severities } from '../vocabulary/severity.ts';
import { placeText } from './finding-block.ts';
import { grouped } from './grouped.ts';
import { count, listed } from './listed.ts';
import { openPage, type Page, type PageOptions } from './page.ts';
import { severityText, tallyFindings } from './tally.ts';
import { visible } from './visible.ts';
import { indented, wrap } from './wrap.ts';

export interface MendingOptions extends PageOptions {
  readonly isDryRun: boolean;
  /** Whether fixes to be reviewed were made too. */
  readonly isReview: boolean;
  /** Fold nothing. */
  readonly verbose: boolean;
}

/** What was mended, by file; what remains and why, by reason; and what to do next. Ends with a line end. */
export function renderMending(mending: Mending, options: MendingOptions): string {
  const page = openPage(options);
  const blocks = [
    ...appliedBlocks(mending, page, options.isDryRun),
    ...leftBlocks(mending.left, page, options),
    nextLines(mending, page, options),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** One fix as a person is asked about it, above its hunk. */
export function renderOffer(
  { finding, fix }: Applied,
  why: string | undefined,
  prefix: string,
  options: PageOptions,
): string {
  const page = openPage(options);
  const { paint } = page;
  const place = placeText({ ...finding, file: prefix + finding.file });
  const [first = '', ...rest] = wrap(visible(finding.message), page.width - margin);
  return `${[
    '',
    paint(finding.severity, finding.severity.padEnd(margin)) + paint('strong', first),
    ...rest.map((line) => ' '.repeat(margin) + line),
    `${' '.repeat(margin)}${place}  ${paint('faint', visible(finding.rule))}`,
    ...(why === undefined ? [] : indented(visible(why), margin, page.width)),
    ...careLines([fix], page).map((line) => ' '.repeat(margin - 4) + line),
    '',
  ].join('\n')}\n`;
}

const margin = 10;

/** `compose.yaml`, and below it each change once, with the services it was made for. */
function appliedBlocks({ applied, diffs }: Mending, page: Page, isDryRun: boolean): string[][] {
  const { paint, signs } = page;
  const verb = isDryRun ? 'Would mend' : 'Mended';
  if (applied.length === 0) return [[paint('strong', isDryRun ? 'Nothing would be mended.' : 'Nothing was mended.')]];
  const head = `${verb} ${count(applied.length, 'finding')} in ${count(diffs.length, 'file')}`;
  const files = new Map<string, Map<string, Applied[]>>();
  for (const one of applied) {
    const file = [...new Set(one.fix.edits.map(({ span }) => span.file))].map(visible).join(', ');
    const titles = files.get(file) ?? new Map<string, Applied[]>();
    files.set(file, titles.set(one.fix.title, [...(titles.get(one.fix.title) ?? []), one]));
  }
  const blocks = [...files].map(([file, titles]) => [
    paint('strong', file),
    ...[...titles].flatMap(([title, some]) => changeLines(title, some, page)),
  ]);
  return [[paint('pass', `${signs.state.pass.trim()} ${head}`)], ...blocks];
}

function changeLines(title: string, some: readonly Applied[], page: Page): string[] {
  const services = servicesOf(some.map(({ finding }) => finding));
  // Several changes of one name that are not about services: a number tells there was more than one.
  const whom = services.length > 0 ? listed(services, 8) : some.length > 1 ? `${some.length} times` : '';
  const [first = '', ...rest] = indented(`${visible(title)}${whom === '' ? '' : ` (${whom})`}`, 4, page.width);
  const fixes = some.map(({ fix }) => fix);
  return [`  ${first.slice(2)}`, ...rest, ...careLines(fixes, page)];
}

/** What to look at, once each, and the drill that would show whether a change to be reviewed does harm. */
function careLines(fixes: readonly Fix[], page: Page): string[] {
  const notes = [...new Set(fixes.flatMap(({ note }) => (note === undefined ? [] : [visible(note)])))];
  const drills = [...new Set(fixes.flatMap((fix) => (fix.safety === 'review' ? [visible(fix.provedBy ?? '')] : [])))];
  const care = drills.map((drill) =>
    drill === '' ? 'review it: it may alter what runs' : `review it: the drill ${drill} would show whether it holds`,
  );
  return [
    ...notes.flatMap((note) => indented(note, 4, page.width).map((line) => page.paint('faint', line))),
    ...care.flatMap((line) => indented(line, 4, page.width).map((part) => page.paint('open', part))),
  ];
}

function leftBlocks(left: readonly LeftFinding[], page: Page, options: MendingOptions): string[][] {
  const { paint } = page;
  if (left.length === 0) return [[paint('pass', 'No findings remain.')]];
  const findings = left.map(({ finding }) => finding);
  const word = options.isDryRun ? 'would remain' : left.length === 1 ? 'remains' : 'remain';
  const head = wrap(`${count(left.length, 'finding')} ${word}: ${severityText(tallyFindings(findings))}`, page.width);
  const review = left.filter(({ needsReview }) => needsReview);
  const byHand = grouped(
    left.filter(({ needsReview }) => !needsReview),
    ({ because }) => because,
  );
  const groups = [...byHand.values()].sort((first, second) => weight(first) - weight(second));
  return [
    head.map((line) => paint('strong', line)),
    ...(review.length > 0 ? [reviewLines(review, page)] : []),
    ...groups.map((group) => reasonLines(group, page, options.verbose)),
  ];
}

/** The worst first. */
function weight(group: readonly LeftFinding[]): number {
  return Math.min(...group.map(({ finding }) => severities.indexOf(finding.severity)));
}

function reviewLines(review: readonly LeftFinding[], page: Page): string[] {
  const titles = grouped(review, ({ finding }) => finding.fix?.title ?? '');
  const head = `${review.length} of them can be mended, but look at the change: it may alter what runs.`;
  return [
    ...wrap(head, page.width).map((line) => page.paint('advice', line)),
    ...[...titles].flatMap(([title, some]) => {
      const services = servicesOf(some.map(({ finding }) => finding));
      const whom = services.length > 0 ? ` (${listed(services, 8)})` : some.length > 1 ? ` (${some.length} times)` : '';
      const [first = '', ...rest] = indented(visible(title) + whom, 4, page.width);
      return [first.slice(2), ...rest];
    }),
  ];
}

function reasonLines(group: readonly LeftFinding[], page: Page, verbose: boolean): string[] {
  const { paint, signs } = page;
  const because = visible(group[0]?.because ?? '');
  const head = `Left to you: ${because}`;
  const stacks = grouped(group, ({ finding }) => (verbose ? finding : `${finding.rule} ${finding.severity}`));
  const sorted = [...stacks.values()].sort((first, second) => weight(first) - weight(second));
  return [
    ...wrap(head, page.width).map((line) => paint('open', line)),
    ...sorted.flatMap((some) => {
      const finding = (some[0] as LeftFinding).finding;
      const [first = '', ...rest] = indented(visible(finding.message), margin + 2, page.width);
      const more = some.length > 1 ? `  ${signs.ellipsis} and ${some.length - 1} more like this` : '';
      const place = `${placeText(finding)}  ${visible(finding.rule)}${more}`;
      return [
        `  ${paint(finding.severity, finding.severity.padEnd(margin))}${first.slice(margin + 2)}`,
        ...rest,
        ...indented(place, margin + 2, page.width).map((line) => paint('faint', line)),
      ];
    }),
  ];
}

function servicesOf(findings: readonly Finding[]): string[] {
  const names = findings.flatMap(({ service, services }) => services ?? (service === undefined ? [] : [service]));
  return [...new Set(names)].map(visible);
}

function nextLines({ applied, left }: Mending, page: Page, { isDryRun, isReview }: MendingOptions): string[] {
  const steps: [string, string][] = [];
  if (isDryRun && applied.length > 0)
    steps.push([`seaworthy fix${isReview ? ' --review' : ''}`, 'to make these changes']);
  if (left.some(({ needsReview }) => needsReview))
    steps.push(['seaworthy fix --review --dry-run', 'what it would change']);
  const worst = [...left].sort((first, second) => weight([first]) - weight([second]))[0];
  if (worst) steps.push([`seaworthy explain ${visible(worst.finding.rule)}`, 'why, and how to put it right']);
  const column = Math.max(0, ...steps.map(([command]) => command.length)) + 2;
  return steps.map(
    ([command, does], index) =>
      page.paint('faint', index === 0 ? 'next: ' : '      ') +
      page.paint('strong', command) +
      ' '.repeat(column - command.length) +
      does,
  );
}
