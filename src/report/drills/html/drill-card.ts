import type { DrillResult, Evidence, Outcome, Timeline } from '../../../vocabulary/drill.ts';
import { escaped } from '../../html/escape.ts';
import { evidenceValue, repeatedText, secondsText } from '../figures.ts';
import { numbersHtml } from './numbers.ts';
import { isDrawable, timelineSvg } from './plot/timeline-svg.ts';

export const outcomeSigns: Readonly<Record<Outcome, string>> = { held: '✔', broke: '✘', inconclusive: '?' };

const wide = { width: 1170, panelHeight: 120, left: 62 };
const narrow = { width: 356, panelHeight: 110, left: 58 };
const mostItems = 40;

/** One drill: what was seen, what to change, the figures, the timeline. What held is folded; a title opens it. */
export function drillCard(result: DrillResult, id: string): string {
  const { outcome, timeline } = result;
  const time = [escaped(result.id), secondsText(result.seconds), repeatedText(result)].filter((part) => part !== '');
  return [
    `<details class="drill ${outcome}" id="${id}"${outcome === 'held' ? '' : ' open'}>`,
    `<summary><h3><span class="word">${outcomeSigns[outcome]} ${outcome}</span> ${escaped(result.summary)}</h3><p class="faint">${time.join(' · ')}</p></summary>`,
    `<p class="claim"><span class="faint">The claim:</span> ${escaped(result.claim)}.</p>`,
    adviceHtml(result),
    timeline && isDrawable(timeline) ? figureHtml(timeline, `${result.id} of ${result.service}`, id) : '',
    factsHtml(result),
    '</details>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function adviceHtml({ advice }: DrillResult): string {
  if (advice.length === 0) return '';
  const items = advice.map((one) => `<li><code>${escaped(one)}</code></li>`);
  return `<div class="advice-box"><h4>What would change that</h4><ul>${items.join('')}</ul></div>`;
}

function figureHtml(timeline: Timeline, title: string, id: string): string {
  const drawing = (kind: string, size: typeof wide) =>
    `<div class="plot ${kind}">${timelineSvg(timeline, title, `${id}-${kind}`, size)}</div>`;
  return [
    '<figure>',
    drawing('wide', wide),
    drawing('narrow', narrow),
    `<figcaption>${legend(timeline)}${numbersHtml(timeline)}</figcaption>`,
    '</figure>',
  ].join('\n');
}

/** Whose doing an event was. */
function legend({ events }: Timeline): string {
  const words = { drill: 'done by the drill', engine: 'by the engine', service: 'by the service itself' } as const;
  const seen = (['drill', 'engine', 'service'] as const).filter((by) => events.some((event) => event.by === by));
  if (seen.length === 0) return '';
  const items = seen.map(
    (by) =>
      `<li><svg class="key" viewBox="0 0 22 10" width="22" height="10" aria-hidden="true"><path class="event by-${by}" d="M1 5H21"/></svg>${words[by]}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}

/** Figures side by side; lists and long texts over the whole width. */
function factsHtml({ evidence }: DrillResult): string {
  if (evidence.length === 0) return '';
  const isWide = (one: Evidence) => Array.isArray(one.value) || evidenceValue(one).join('').length > 34;
  const facts = [...evidence].sort((first, second) => Number(isWide(first)) - Number(isWide(second)));
  const items = facts.map((one) => {
    const lines = evidenceValue(one);
    const left = lines.length - mostItems;
    const shown = [...lines.slice(0, mostItems).map(escaped), ...(left > 0 ? [`and ${left} more`] : [])];
    const value =
      Array.isArray(one.value) && shown.length > 1
        ? `<ul>${shown.map((line) => `<li>${line}</li>`).join('')}</ul>`
        : shown.join('<br>');
    return `<div${isWide(one) ? ' class="wide"' : ''}><dt>${escaped(one.name)}</dt><dd>${value}</dd></div>`;
  });
  return `<dl class="facts">${items.join('')}</dl>`;
}
