import type { ChecklistItemState, ChecklistState, ItemState } from '../../vocabulary/verdict.ts';
import { tallyItems } from '../tally.ts';
import { escaped } from './escape.ts';

const words = { fail: 'failed', open: 'open', pass: 'passed', 'not-applicable': 'not applicable' } as const;
const states: readonly ItemState[] = ['fail', 'open', 'pass', 'not-applicable'];

const mostPlaces = 12;

/** The lessons' checklists, item by item with evidence; boxes that choose states work without a script. */
export function checklistsSection(checklists: readonly ChecklistState[]): string {
  const tally = tallyItems(checklists);
  if (tally.pass + tally.fail + tally.open + tally['not-applicable'] === 0) return '';
  const boxes = states
    .filter((state) => tally[state] > 0)
    .map(
      (state) =>
        `<label class="chip ${state}"><input type="checkbox" id="show-${state}" checked> ${tally[state]} ${words[state]}</label>`,
    );
  return [
    '<section id="checklists"><h2>Checklists</h2>',
    '<p class="faint">What is open has not passed: only a drill or a person can tell.</p>',
    `<form class="filters" autocomplete="off"><fieldset><legend>Show</legend>${boxes.join('')}</fieldset></form>`,
    '<div class="lists">',
    ...checklists.map(checklistHtml),
    '</div></section>',
  ].join('\n');
}

function checklistHtml(checklist: ChecklistState): string {
  const tally = tallyItems([checklist]);
  const total = checklist.items.length;
  const parts = states.filter((state) => tally[state] > 0);
  let from = 0;
  // Rectangles, not styled boxes: the page allows no style attribute.
  const bar = parts.map((state) => {
    const width = (tally[state] / total) * 100;
    const part = `<rect class="${state}" x="${from.toFixed(2)}" width="${width.toFixed(2)}" height="6"/>`;
    from += width;
    return part;
  });
  const told = parts.map((state) => `${tally[state]} ${words[state]}`).join(', ');
  return [
    `<details class="list"${tally.fail > 0 ? ' open' : ''}><summary><span class="list-title">${escaped(checklist.title)}</span> <span class="faint">${told}</span>`,
    `<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">${bar.join('')}</svg></summary>`,
    '<ul class="items">',
    ...checklist.items.map(itemHtml),
    '</ul></details>',
  ].join('\n');
}

function itemHtml(item: ChecklistItemState): string {
  const places = placesText(item.at);
  const at = places === '' ? '' : `<br><span class="places">${places}</span>`;
  return `<li class="item ${item.state}"><span class="state">${words[item.state]}</span> <span><b>${escaped(item.text)}</b> <span class="item-id">${escaped(item.id)}</span><br><span class="faint">${escaped(item.evidence)}${at}</span></span></li>`;
}

/** `compose.yaml:4, 23, 41`: places of one file told together. */
function placesText(at: readonly string[]): string {
  const files = new Map<string, string[]>();
  for (const place of at.slice(0, mostPlaces)) {
    const colon = place.lastIndexOf(':');
    const file = colon === -1 ? place : place.slice(0, colon);
    files.set(file, [...(files.get(file) ?? []), ...(colon === -1 ? [] : [place.slice(colon + 1)])]);
  }
  const told = [...files].map(([file, lines]) => escaped(lines.length > 0 ? `${file}:${lines.join(', ')}` : file));
  if (at.length > mostPlaces) told.push(`and ${at.length - mostPlaces} more`);
  return told.join('<br>');
}
