import type { Finding, Place } from '../vocabulary/finding.ts';
import { cellsOf } from './cells.ts';
import { excerptOf } from './excerpt.ts';
import type { FindingStack } from './finding-groups.ts';
import { count, listed } from './listed.ts';
import type { Page } from './page.ts';
import { visible } from './visible.ts';
import { indented, wrap } from './wrap.ts';

/** The text of a line (from 1) of a file, secrets masked; `''` where there is none. */
export type Sources = (file: string, line: number) => string;

/** The column in which messages start: one past the longest severity and a blank at each side. */
const margin = 10;

const mostRelated = 3;

/** One finding, and what was folded under it, as lines. */
export function findingBlock(stack: FindingStack, page: Page, sources: Sources, isVerbose: boolean): string[] {
  const { shown, folded } = stack;
  const { paint } = page;
  const [first = '', ...rest] = wrap(visible(shown.message), page.width - margin);
  return [
    paint(shown.severity, shown.severity.padEnd(margin)) + paint('strong', first),
    ...rest.map((line) => ' '.repeat(margin) + paint('strong', line)),
    ...whereLines(shown, page),
    ...excerptLines(shown, page, sources),
    ...fixLines(shown, page),
    ...sharedLines(shown, page, isVerbose),
    ...relatedLines(shown, page, isVerbose),
    ...foldedLines(folded, page),
  ];
}

function whereLines(finding: Finding, page: Page): string[] {
  const where = placeText(finding);
  // What is certain needs no word.
  const sure = finding.confidence === 'certain' ? '' : `  ${finding.confidence}`;
  const rule = visible(finding.rule);
  const indent = ' '.repeat(margin);
  const isOneLine = margin + cellsOf(where) + 2 + cellsOf(rule) + sure.length <= page.width;
  const tail = page.paint('faint', rule) + page.paint('open', sure);
  return isOneLine ? [`${indent}${where}  ${tail}`] : [indent + where, indent + tail];
}

function excerptLines(finding: Finding, page: Page, sources: Sources): string[] {
  const { paint, signs } = page;
  const line = finding.span.start.line;
  const number = String(line).padStart(margin - 3);
  const room = page.width - number.length - 3;
  const excerpt = excerptOf(sources(finding.file, line), finding.span, room, signs.ellipsis);
  if (!excerpt) return [];
  const source = `${paint('faint', `${number} |`)} ${excerpt.text}`;
  if (excerpt.marks === 0) return [source];
  const note = excerpt.untilLine === undefined ? '' : ` to line ${excerpt.untilLine}`;
  const fits = excerpt.indent + excerpt.marks + note.length <= room;
  const marks = '^'.repeat(excerpt.marks) + (fits ? note : '');
  return [
    source,
    `${paint('faint', `${' '.repeat(number.length)} |`)} ${' '.repeat(excerpt.indent)}${paint(finding.severity, marks)}`,
  ];
}

function fixLines(finding: Finding, page: Page): string[] {
  if (!finding.fix) return [];
  const care = finding.fix.safety === 'safe' ? '' : ' (review it: it may change what runs)';
  return noteLines('fix', visible(finding.fix.title) + care, page);
}

function sharedLines(finding: Finding, page: Page, isVerbose: boolean): string[] {
  const services = finding.services ?? [];
  if (services.length < 2) return [];
  return noteLines('for', listed(services.map(visible), isVerbose ? services.length : 6), page);
}

function relatedLines(finding: Finding, page: Page, isVerbose: boolean): string[] {
  const related = finding.related ?? [];
  const told = isVerbose ? related : related.slice(0, mostRelated);
  const lines = told.flatMap((place) => noteLines('see', `${placeText(place)} ${visible(place.message)}`, page));
  const more = related.length - told.length;
  return more > 0 ? [...lines, ...noteLines('', `and ${count(more, 'more related place')}`, page)] : lines;
}

function foldedLines(folded: readonly Finding[], page: Page): string[] {
  if (folded.length === 0) return [];
  const byFile = new Map<string, Set<number>>();
  for (const { file, span } of folded) {
    const lines = byFile.get(file);
    if (lines) lines.add(span.start.line);
    else byFile.set(file, new Set([span.start.line]));
  }
  const places = [...byFile].map(([file, lines]) => `${visible(file)}${linesText(lines, page)}`);
  const text = `${page.signs.ellipsis} and ${folded.length} more like this in ${listed(places, 4)}`;
  return indented(text, margin, page.width).map((line) => page.paint('faint', line));
}

/** `:12` or ` (lines 12, 14, …)`. */
function linesText(lines: ReadonlySet<number>, page: Page): string {
  const different = [...lines].sort((a, b) => a - b);
  if (different.length === 1) return `:${different[0]}`;
  const told = different.slice(0, 8).join(', ');
  return ` (lines ${told}${different.length > 8 ? `, ${page.signs.ellipsis}` : ''})`;
}

function noteLines(label: string, text: string, page: Page): string[] {
  const indent = margin + 5;
  const [first = '', ...rest] = indented(text, indent, page.width);
  const head = page.paint(label === 'fix' ? 'advice' : 'faint', label.padEnd(5));
  return [' '.repeat(margin) + head + first.slice(indent), ...rest];
}

/** `compose.yaml:12:5`: terminals and editors make it a link. */
export function placeText(place: Place): string {
  return `${visible(place.file)}:${place.span.start.line}:${place.span.start.column}`;
}
