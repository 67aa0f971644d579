import type { ChecklistItemState, ChecklistState } from '../vocabulary/verdict.ts';
import { listed } from './listed.ts';
import { openPage, type Page, type PageOptions } from './page.ts';
import type { Style } from './paint.ts';
import { itemsText, tallyItems } from './tally.ts';
import { visible } from './visible.ts';
import { indented, wrap } from './wrap.ts';

export interface ChecklistOptions extends PageOptions {
  /** Name every place of the evidence, not only the first few. */
  readonly verbose?: boolean;
}

const styles = { pass: 'pass', fail: 'fail', open: 'open', 'not-applicable': 'faint' } as const satisfies Record<
  ChecklistItemState['state'],
  Style
>;

const mostPlaces = 4;

/** The checklists item by item, each with its evidence, totals per list and over all. Ends with a line end. */
export function renderChecklists(checklists: readonly ChecklistState[], options: ChecklistOptions): string {
  const page = openPage(options);
  const most = options.verbose ? Number.POSITIVE_INFINITY : mostPlaces;
  const idCells = Math.max(0, ...checklists.flatMap((list) => list.items.map((item) => visible(item.id).length)));
  const blocks = checklists.map((checklist) => [
    ...headLines(checklist, page),
    ...checklist.items.flatMap((item) => itemLines(item, page, idCells, most)),
  ]);
  blocks.push(totalLines(checklists, page));
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function headLines(checklist: ChecklistState, page: Page): string[] {
  const id = visible(checklist.id);
  const indent = id.length + 2;
  const [first = '', ...rest] = indented(visible(checklist.title), indent, page.width);
  const title = [`${id}  ${first.slice(indent)}`, ...rest].map((line) => page.paint('strong', line));
  const tally = itemsText(tallyItems([checklist])) || 'no items';
  return [...title, ...indented(tally, indent, page.width)];
}

function itemLines(item: ChecklistItemState, page: Page, idCells: number, most: number): string[] {
  const { paint } = page;
  const sign = page.signs.state[item.state];
  const id = visible(item.id).padEnd(idCells);
  const label = `  ${sign} ${id}  `;
  const [first = '', ...rest] = indented(visible(item.text), label.length, page.width);
  const places = item.at.length > 0 ? `[${listed(item.at.map(visible), most)}]` : '';
  const evidence = `${visible(item.evidence)} ${places}`.trim();
  const evidenceLines = evidence === '' ? [] : indented(evidence, label.length, page.width);
  return [
    `  ${paint(styles[item.state], sign)} ${paint('faint', id)}  ${first.slice(label.length)}`,
    ...rest,
    ...evidenceLines.map((line) => paint('faint', line)),
  ];
}

function totalLines(checklists: readonly ChecklistState[], page: Page): string[] {
  const tally = tallyItems(checklists);
  const items = tally.pass + tally.fail + tally.open + tally['not-applicable'];
  if (items === 0) return wrap('No checklist was gone through.', page.width);
  const lists = checklists.length === 1 ? '1 list' : `${checklists.length} lists`;
  const open = tally.open > 0 ? ' What is open has not passed: a drill or a person must tell.' : '';
  const text = `${lists}, ${items} items: ${itemsText(tally)}.`;
  return [...wrap(text, page.width).map((line) => page.paint('strong', line)), ...wrap(open, page.width)].filter(
    (line) => line !== '',
  );
}
