import type { Finding } from '../vocabulary/finding.ts';
import type { Applied, Change, MendedFinding, Mending, RemainingFinding } from '../vocabulary/mending.ts';
import { severities } from '../vocabulary/severity.ts';
import { cellsOf } from './cells.ts';
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
  /** Only some rules or services were asked for; what remains elsewhere is not told. */
  readonly isNarrowed: boolean;
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
    ...careLines([fix], margin, page),
    '',
  ].join('\n')}\n`;
}

const margin = 10;

/** `compose.yaml`, and below it each change once, with the services it was made for. */
function appliedBlocks({ applied, diffs }: Mending, page: Page, isDryRun: boolean): string[][] {
  const { paint, signs } = page;
  const verb = isDryRun ? 'Would mend' : 'Mended';
  if (applied.length === 0) return [[paint('strong', isDryRun ? 'Nothing would be mended.' : 'Nothing was mended.')]];
  const head = `${verb} ${count(applied.length, 'finding')} in ${count(new Set(diffs.map(({ file }) => file)).size, 'file')}`;
  const files = new Map<string, Map<string, MendedFinding[]>>();
  for (const one of applied) {
    const file = [...one.change.files].map(visible).join(', ');
    const titles = files.get(file) ?? new Map<string, MendedFinding[]>();
    files.set(file, titles.set(one.change.title, [...(titles.get(one.change.title) ?? []), one]));
  }
  const blocks = [...files].map(([file, titles]) => [
    paint('strong', file),
    ...[...titles].flatMap(([title, some]) => changeLines(title, some, page)),
  ]);
  const isReviewed = applied.some(({ change }) => change.safety === 'review');
  const drills = new Set(applied.flatMap(({ change }) => (change.safety === 'review' ? (change.provedBy ?? []) : [])));
  const legend = `What says "review" may alter what runs. On a copy of the project, drills show whether it does harm${drills.size > 0 ? `: seaworthy drill --only ${[...drills].map(visible).join(',')}` : ''}`;
  return [
    [paint('pass', `${signs.state.pass.trim()} ${head}`)],
    ...blocks,
    ...(isReviewed ? [wrap(legend, page.width)] : []),
  ];
}

function changeLines(title: string, some: readonly MendedFinding[], page: Page): string[] {
  const [first = '', ...rest] = titleLines(
    title,
    some.map(({ finding }) => finding),
    page,
  );
  return [
    first,
    ...rest,
    ...careLines(
      some.map(({ change }) => change),
      4,
      page,
    ),
  ];
}

/** `  Keep three log files of 10 MB (api, db)`; where no service is meant, how often it was done. */
function titleLines(title: string, findings: readonly Finding[], page: Page): string[] {
  const services = servicesOf(findings);
  const many = findings.length > 1 ? `${findings.length} times` : '';
  const whom = services.length > 0 ? listed(services, 8) : many;
  const [first = '', ...rest] = indented(`${visible(title)}${whom === '' ? '' : ` (${whom})`}`, 4, page.width);
  return [first.slice(2), ...rest];
}

/** What to look at, once each, and the drill that would show whether a change to be reviewed does harm. */
function careLines(changes: readonly Omit<Change, 'files'>[], indent: number, page: Page): string[] {
  const notes = new Set(changes.flatMap(({ note }) => (note === undefined ? [] : [visible(note)])));
  const review = changes.filter(({ safety }) => safety === 'review');
  const drills = new Set(review.flatMap(({ provedBy }) => (provedBy === undefined ? [] : [visible(provedBy)])));
  const care = drills.size > 0 ? `review; drill: ${[...drills].join(', ')}` : 'review';
  return [
    ...[...notes].flatMap((note) => indented(note, indent, page.width).map((line) => page.paint('faint', line))),
    ...(review.length > 0 ? indented(care, indent, page.width).map((line) => page.paint('open', line)) : []),
  ];
}

function leftBlocks(left: readonly RemainingFinding[], page: Page, options: MendingOptions): string[][] {
  const { paint } = page;
  if (left.length === 0) {
    const none = options.isNarrowed
      ? 'Of what was asked for, nothing remains; seaworthy check tells of all.'
      : 'No findings remain.';
    return [[paint('pass', none)]];
  }
  const findings = left.map(({ finding }) => finding);
  const word = options.isDryRun ? 'would remain' : left.length === 1 ? 'remains' : 'remain';
  const head = wrap(`${count(left.length, 'finding')} ${word}: ${severityText(tallyFindings(findings))}`, page.width);
  const review = left.filter(({ needsReview }) => needsReview);
  const byHand = grouped(
    left.filter(({ needsReview }) => !needsReview),
    ({ because }) => nameless(because),
  );
  const groups = [...byHand.values()].sort((first, second) => weight(first) - weight(second));
  return [
    head.map((line) => paint('strong', line)),
    ...(review.length > 0 ? [reviewLines(review, page)] : []),
    ...groups.map((group) => reasonLines(group, page, options.verbose)),
  ];
}

/** `"db" has no health check` and `"redis" has no health check` are one reason. */
function nameless(because: string): string {
  return because.replace(/"[^"]*"/g, '"\u2026"');
}

/** The worst first. */
function weight(group: readonly RemainingFinding[]): number {
  return Math.min(...group.map(({ finding }) => severities.indexOf(finding.severity)));
}

function reviewLines(review: readonly RemainingFinding[], page: Page): string[] {
  const titles = grouped(review, ({ change }) => change?.title ?? '');
  const head = `${review.length} of them can be mended, but look at the change: it may alter what runs.`;
  return [
    ...wrap(head, page.width).map((line) => page.paint('advice', line)),
    ...[...titles].flatMap(([title, some]) =>
      titleLines(
        title,
        some.map(({ finding }) => finding),
        page,
      ),
    ),
  ];
}

function reasonLines(group: readonly RemainingFinding[], page: Page, verbose: boolean): string[] {
  const { paint, signs } = page;
  const reasons = new Set(group.map(({ because }) => because));
  const [only = ''] = reasons;
  const because = reasons.size === 1 ? only : nameless(only).replaceAll('\u2026', signs.ellipsis);
  const head = `Left to you: ${visible(because)}`;
  const stacks = grouped(group, ({ finding }) => (verbose ? finding : `${finding.rule} ${finding.severity}`));
  const sorted = [...stacks.values()].sort((first, second) => weight(first) - weight(second));
  return [
    ...wrap(head, page.width).map((line) => paint('open', line)),
    ...sorted.flatMap((some) => {
      const finding = (some[0] as RemainingFinding).finding;
      const [first = '', ...rest] = indented(visible(finding.message), margin + 2, page.width);
      const more = some.length > 1 ? `  ${signs.ellipsis} and ${some.length - 1} more like this` : '';
      const place = `${placeText(finding)}  ${visible(finding.rule)}${more}`;
      const fits = cellsOf(place) <= page.width - margin - 2;
      const places = fits ? [`${' '.repeat(margin + 2)}${place}`] : indented(place, margin + 2, page.width);
      return [
        `  ${paint(finding.severity, finding.severity.padEnd(margin))}${first.slice(margin + 2)}`,
        ...rest,
        ...places.map((line) => paint('faint', line)),
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
