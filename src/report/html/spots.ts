import type { Finding } from '../../vocabulary/finding.ts';
import { severities } from '../../vocabulary/severity.ts';
import { knownEnd } from '../excerpt.ts';
import type { Sources } from '../finding-block.ts';
import { escaped } from './escape.ts';

/** Findings that begin on one line: the line is shown once. */
export interface Spot {
  readonly line: number;
  /** Worst first. */
  readonly findings: readonly Finding[];
}

const mostLines = 7;

/** A line of a minified file tells nothing past this. */
const mostColumns = 400;

/** Files by name, in each the places with findings, from top to bottom. */
export function spotsByFile(findings: readonly Finding[]): Map<string, Spot[]> {
  const files = new Map<string, Map<number, Finding[]>>();
  for (const finding of findings) {
    const lines = files.get(finding.file) ?? new Map<number, Finding[]>();
    files.set(finding.file, lines);
    const { line } = finding.span.start;
    const known = lines.get(line);
    if (known) known.push(finding);
    else lines.set(line, [finding]);
  }
  return new Map(
    [...files].map(([file, lines]) => [
      file,
      [...lines]
        .sort(([a], [b]) => a - b)
        .map(([line, here]) => ({
          line,
          findings: [...here].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
        })),
    ]),
  );
}

/** The source around a spot, what its findings point at marked. `''` where there is no text to show. */
export function excerptHtml(file: string, spot: Spot, sources: Sources): string {
  const lastMarked = spot.findings.reduce((line, { span }) => Math.max(line, span.end.line), spot.line);
  const last = Math.min(lastMarked, spot.line + mostLines - 1);
  const lines: string[] = [];
  for (let line = Math.max(1, spot.line - 1); line <= last + 1; line++) {
    const text = sources(file, line).replace(/\r?\n$/, '');
    const isContext = line < spot.line || line > last;
    if (isContext && text.trim() === '') continue;
    lines.push(
      lineHtml(line, isContext ? escapedSource(text.slice(0, mostColumns)) : markedLine(text, line, spot), isContext),
    );
  }
  if (!lines.some((line) => line.includes('<mark') || line.includes('class="hit'))) return '';
  if (lastMarked > last) lines.push(`<span class="faint">      … to line ${lastMarked}</span>`);
  return `<pre class="excerpt" tabindex="0" role="group" aria-label="Source from line ${spot.line}"><code>${lines.join('\n')}</code></pre>`;
}

function lineHtml(line: number, text: string, isContext: boolean): string {
  return `<span class="${isContext ? 'near' : 'hit'}"><span class="number">${String(line).padStart(5)}</span> ${text}</span>`;
}

/** The widest marked stretch: findings on one line point at the same words, or one at a part of another's. */
function markedLine(text: string, line: number, spot: Spot): string {
  let from = Number.POSITIVE_INFINITY;
  let to = -1;
  for (const { span } of spot.findings) {
    if (span.end.line < line) continue;
    const start = span.start.line === line ? span.start.column - 1 : indentOf(text);
    const end = span.end.line === line ? span.end.column - 1 : text.length;
    // Columns were counted before secrets were masked.
    const known = knownEnd(
      text,
      Math.max(0, start - mostColumns),
      Math.min(start, text.length),
      Math.min(end, text.length),
    );
    from = Math.min(from, known === undefined ? indentOf(text) : start);
    to = Math.max(to, known === undefined ? text.length : known);
  }
  from = Math.min(from, text.length);
  to = Math.min(to, text.length);
  if (to <= from) return escapedSource(text.slice(0, mostColumns));
  const first = Math.max(0, from - mostColumns / 2);
  const last = Math.min(text.length, first + mostColumns);
  const marked = `<mark>${escapedSource(text.slice(from, Math.min(to, last)))}</mark>`;
  const before = first > 0 ? '…' : '';
  const after = last < text.length ? '…' : '';
  return (
    before +
    escapedSource(text.slice(first, from)) +
    marked +
    escapedSource(text.slice(Math.max(to, first), last)) +
    after
  );
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** Tabs stay: the page shows them as a browser does. */
function escapedSource(text: string): string {
  return text.split('\t').map(escaped).join('\t');
}
