import type { DrillReport, DrillResult, Outcome } from '../../vocabulary/drill.ts';
import { cellsOf, padCells } from '../cells.ts';
import { grouped } from '../grouped.ts';
import { count, listed } from '../listed.ts';
import { openPage, type Page, type PageOptions } from '../page.ts';
import type { Style } from '../paint.ts';
import { visible } from '../visible.ts';
import { indented, wrap } from '../wrap.ts';
import { evidenceValue, repeatedText, secondsText } from './figures.ts';
import { byService, outcomesText, tallyDrills } from './tally.ts';

export interface DrillTextOptions extends PageOptions {
  /** Show all evidence, also of what held. */
  readonly verbose?: boolean;
  /** Whether what is inconclusive fails the run. */
  readonly strict?: boolean;
}

const styles = { held: 'pass', broke: 'fail', inconclusive: 'open' } as const satisfies Record<Outcome, Style>;
const signs = { held: '✔', broke: '✘', inconclusive: '?' } as const;

/** The column in which summaries start: one past sign, the longest outcome and a blank at each side. */
const margin = 16;
const widestName = 30;

/**
 * A drill report for people: by service, the worst first; each with what was seen, and what to change where it broke.
 * Then what stood in for something real, what was not drilled and why, and the totals. Ends with a line end.
 */
export function renderDrillText(report: DrillReport, options: DrillTextOptions): string {
  const page = openPage(options);
  const isUnicode = options.unicode !== false;
  const blocks = byService(report.drills).flatMap(([service, results]) => [
    [serviceLine(service, results, page)],
    ...results.map((result) => resultLines(result, page, isUnicode, options.verbose === true)),
  ]);
  if (blocks.length > 0) blocks.push([page.paint('faint', page.signs.line.repeat(page.width))]);
  blocks.push(
    standInLines(report, page, isUnicode),
    skippedLines(report, page),
    totalLines(report, page, options.strict),
  );
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** `── web ── 1 broke, 3 held ──────`. */
function serviceLine(service: string, results: readonly DrillResult[], page: Page): string {
  const { paint, width } = page;
  const bar = page.signs.line.repeat(2);
  const counts = outcomesText(tallyDrills(results));
  const [start = '', ...more] = wrap(visible(service), Math.max(8, width - counts.length - 14), false);
  const name = more.length > 0 ? `${start}${page.signs.ellipsis}` : start;
  const rest = Math.max(2, width - cellsOf(`${bar} ${name} ${bar} ${counts} `));
  const faint = paint('faint', bar);
  return `${faint} ${paint('strong', name)} ${faint} ${counts} ${paint('faint', page.signs.line.repeat(rest))}`;
}

function resultLines(result: DrillResult, page: Page, isUnicode: boolean, verbose: boolean): string[] {
  const { paint, width } = page;
  const { outcome } = result;
  const label = isUnicode ? `${signs[outcome]} ${outcome}` : outcome === 'broke' ? 'BROKE' : outcome;
  const [first = '', ...rest] = wrap(visible(result.summary), width - margin);
  const time = [secondsText(result.seconds), repeatedText(result)].filter((part) => part !== '').join(', ');
  const isFolded = outcome === 'held' && !verbose;
  return [
    paint(styles[outcome], padCells(label, margin)) + paint('strong', first),
    ...rest.map((line) => ' '.repeat(margin) + paint('strong', line)),
    ...indented(`${visible(result.id)}, ${time}`, margin, width).map((line) => paint('faint', line)),
    ...(isFolded ? [] : indented(`claim: ${visible(result.claim)}`, margin, width)),
    ...(isFolded ? foldedEvidence(result, page) : evidenceLines(result, page)),
    ...adviceLines(result, page, isUnicode),
  ];
}

/** Of what held, the figures in one paragraph. */
function foldedEvidence({ evidence }: DrillResult, page: Page): string[] {
  if (evidence.length === 0) return [];
  const told = evidence.map((one) => `${visible(one.name)} ${listed(evidenceValue(one).map(visible), 4)}`);
  return indented(told.join('; '), margin, page.width).map((line) => page.paint('faint', line));
}

/** Names in one column, values beside them; a name that is too long stands above its value. */
function evidenceLines({ evidence }: DrillResult, page: Page): string[] {
  const names = evidence.map(({ name }) => visible(name));
  const widest = Math.min(widestName, Math.floor((page.width - margin) / 2) - 2);
  const column = Math.max(0, ...names.map(cellsOf).filter((cells) => cells <= widest)) + 2;
  return evidence.flatMap((one, index) => {
    const name = names[index] ?? '';
    const isBeside = cellsOf(name) + 2 <= column;
    const indent = margin + (isBeside ? column : 2);
    const values = evidenceValue(one).flatMap((value) => indented(visible(value), indent, page.width));
    if (!isBeside) return [...indented(name, margin, page.width).map((line) => page.paint('faint', line)), ...values];
    const [first = '', ...rest] = values;
    return [`${' '.repeat(margin)}${page.paint('faint', padCells(name, column))}${first.slice(indent)}`, ...rest];
  });
}

function adviceLines({ advice }: DrillResult, page: Page, isUnicode: boolean): string[] {
  const arrow = isUnicode ? '→' : '->';
  return advice.flatMap((one) =>
    indented(`${arrow} ${visible(one)}`, margin, page.width).map((line) => page.paint('advice', line)),
  );
}

function standInLines({ standIns }: DrillReport, page: Page, isUnicode: boolean): string[] {
  if (standIns.length === 0) return [];
  const arrow = isUnicode ? '→' : '->';
  const told = standIns.map(({ kind, service, wanted, used }) => {
    const whose = service === undefined ? '' : `${visible(service)} `;
    return `${whose}${visible(kind)}: ${visible(wanted)} ${arrow} ${visible(used)}`;
  });
  return [...wrap('What stood in for something real:', page.width), ...told.flatMap((one) => hanging(one, page))];
}

/** Those of one reason together. */
function skippedLines({ skipped }: DrillReport, page: Page): string[] {
  if (skipped.length === 0) return [];
  const reasons = [...grouped(skipped, ({ service, because }) => `${because}\0${service}`).values()].map((some) => {
    const { service = '', because = '' } = some[0] ?? {};
    return `${visible(service)}: ${listed(some.map(({ id }) => visible(id)).sort(), 8)}: ${visible(because)}`;
  });
  return [...wrap('Not drilled:', page.width), ...reasons.flatMap((one) => hanging(one, page))].map((line) =>
    page.paint('faint', line),
  );
}

/** `  text`, further lines two deeper. */
function hanging(text: string, page: Page): string[] {
  const [first = '', ...rest] = indented(text, 4, page.width);
  return [first.slice(2), ...rest];
}

function totalLines(report: DrillReport, page: Page, strict = false): string[] {
  const { drills, skipped, engine, seconds } = report;
  const on = `on ${visible(engine.name)} ${visible(engine.version)} in ${secondsText(seconds)}`;
  if (drills.length === 0)
    return wrap(`Nothing was drilled ${on}, so nothing is proved.`, page.width).map((line) => page.paint('open', line));
  const tally = tallyDrills(drills);
  const left = skipped.length > 0 ? `, ${skipped.length} not drilled` : '';
  const total = `${count(drills.length, 'drill')} ${on}: ${outcomesText(tally)}${left}.`;
  const style = tally.broke > 0 ? 'fail' : tally.inconclusive > 0 ? 'open' : 'pass';
  const waited = drills.reduce((sum, one) => sum + one.waited, 0);
  const waits =
    waited > seconds
      ? `Their waits alone (intervals, grace periods, load that must last) add up to ${secondsText(waited)}.`
      : '';
  const open =
    tally.inconclusive === 0
      ? ''
      : strict
        ? 'Inconclusive is no pass: with --strict it fails the run.'
        : 'Inconclusive is no pass: it proves nothing. With --strict it fails the run.';
  const lacking = new Set(skipped.filter((one) => one.lacking !== undefined).map(({ service }) => service));
  const without =
    lacking.size === 0
      ? ''
      : `Of ${count(lacking.size, 'service')} nothing is proved, for want of an image.${strict ? ' With --strict that fails the run.' : ''}`;
  return [
    ...wrap(total, page.width).map((line) => page.paint(style, line)),
    ...[open, without, waits].filter((one) => one !== '').flatMap((one) => wrap(one, page.width)),
  ];
}
