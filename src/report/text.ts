import type { Verdict } from '../vocabulary/verdict.ts';
import { cellsOf } from './cells.ts';
import { renderChecklists } from './checklist.ts';
import { findingBlock, type Sources } from './finding-block.ts';
import { type FindingGroup, groupFindings } from './finding-groups.ts';
import { listed } from './listed.ts';
import { openPage, type Page, type PageOptions } from './page.ts';
import { summaryBlocks } from './summary.ts';
import { severityText, tallyFindings } from './tally.ts';
import { visible } from './visible.ts';

export interface TextOptions extends PageOptions {
  /** The text of a line (from 1) of a file, secrets masked; `''` where there is none. */
  readonly sources: Sources;
  /** Tell the checklists item by item, not only their totals. */
  readonly checklists?: boolean;
  /** Fold nothing. */
  readonly verbose?: boolean;
}

/**
 * A verdict for people: findings by service, worst first, each with its source line; then the counts, what could not be
 * looked at, and what to do next. Text of the user's files never reaches the terminal unescaped. Ends with a line end.
 */
export function renderText(verdict: Verdict, options: TextOptions): string {
  const page = openPage(options);
  const verbose = options.verbose === true;
  const groups = groupFindings(verdict.findings, !verbose);
  const blocks = groups.flatMap((group) => groupBlocks(group, page, options.sources, verbose));
  const checklists = options.checklists === true && verdict.checklists.length > 0;
  if (checklists) blocks.push([renderChecklists(verdict.checklists, options).trimEnd()]);
  if (blocks.length > 0) blocks.push([page.paint('faint', page.signs.line.repeat(page.width))]);
  blocks.push(...summaryBlocks(verdict, groups, page, { verbose, checklists }));
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function groupBlocks(group: FindingGroup, page: Page, sources: Sources, verbose: boolean): string[][] {
  // What a service lacks is told at its name: six such findings in a row need the line `db:` once, not six times.
  const seen = new Set<string>();
  const blocks = group.stacks.map((stack) => {
    const { file, span } = stack.shown;
    const place = `${span.start.offset} ${span.end.offset} ${span.start.line} ${span.start.column} ${file}`;
    const isSeen = seen.has(place) && !verbose;
    seen.add(place);
    return findingBlock(stack, page, isSeen ? noSource : sources, verbose);
  });
  return [[groupLine(group, page)], ...blocks];
}

const noSource: Sources = () => '';

/** `── db ── compose.yaml ── 1 critical, 2 high ──────`; the files are left out where they do not fit. */
function groupLine(group: FindingGroup, page: Page): string {
  const { paint, signs } = page;
  const bar = signs.line.repeat(2);
  const name = visible(group.name);
  const files = group.kind === 'service' ? listed(group.files.map(visible), 2) : '';
  const counts = severityText(tallyFindings(group.findings));
  const spare = page.width - cellsOf(`${bar} ${name} ${bar} ${counts} ${bar}`);
  const filesCells = cellsOf(` ${files} ${bar}`);
  const hasFiles = files !== '' && filesCells <= spare;
  const rest = Math.max(2, 2 + spare - (hasFiles ? filesCells : 0));
  const parts = [paint('strong', name), ...(hasFiles ? [files] : []), counts];
  const faintBar = paint('faint', bar);
  return `${faintBar} ${parts.join(` ${faintBar} `)} ${paint('faint', signs.line.repeat(rest))}`;
}
