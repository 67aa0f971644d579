import type { DrillReport, DrillResult } from '../../vocabulary/drill.ts';
import { grouped } from '../grouped.ts';
import { escaped } from '../html/escape.ts';
import { count } from '../listed.ts';
import type { DrillFormat } from './drill-format.ts';
import { secondsText } from './figures.ts';
import { drillCard, outcomeSigns } from './html/drill-card.ts';
import { drillHeadline } from './html/headline.ts';
import { drillPolicy } from './html/policy.ts';
import { drillStyle } from './html/style.ts';
import { byService, outcomes, tallyDrills } from './tally.ts';

type Groups = readonly [service: string, results: readonly DrillResult[]][];

/**
 * The report as one page that needs nothing else: no network, no other file, no script. Its policy forbids all but its
 * own style. Ends with a line end.
 */
export const renderDrillHtml: DrillFormat = (report, extras) => {
  const headline = drillHeadline(report);
  const groups = byService(report.drills);
  const ids = new Map(groups.flatMap(([, results]) => results).map((result, index) => [result, `d${index + 1}`]));
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${drillPolicy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<meta name="generator" content="seaworthy ${escaped(extras.version)}">`,
    `<title>${escaped(headline.text)} · ${escaped(report.project)}</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${drillStyle}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#drills">Skip to the drills</a>',
    `<header class="${headline.mood}">`,
    `<p class="brand">seaworthy drill · ${escaped(report.project)}</p>`,
    `<h1>${escaped(headline.text)}</h1>`,
    `<p class="advice">${escaped(headline.advice)}</p>`,
    tiles(report),
    `<p class="seen">${madeOn(report)}</p>`,
    '</header>',
    '<main id="drills">',
    ...[
      overview(groups, ids),
      ...groups.map((group) => serviceSection(group, ids)),
      standIns(report),
      skipped(report),
    ].filter(Boolean),
    '</main>',
    `<footer><p>Made by seaworthy ${escaped(extras.version)}. This page asks nothing of any network and runs nothing.</p></footer>`,
    '</body>',
    '</html>',
  ].join('\n')}\n`;
};

function tiles({ drills, skipped }: DrillReport): string {
  const tally = tallyDrills(drills);
  const all = [
    ...outcomes.map((outcome) => [outcome, tally[outcome], outcome] as const),
    ['skipped', skipped.length, 'not drilled'] as const,
  ];
  const items = all.map(
    ([kind, number, word]) =>
      `<li class="tile ${kind}${number > 0 ? '' : ' zero'}"><b>${number}</b> <span>${word}</span></li>`,
  );
  return `<ul class="tiles" aria-label="Drills by outcome">${items.join('')}</ul>`;
}

function madeOn({ engine, startedAt, seconds }: DrillReport): string {
  const day = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(startedAt)
    ? `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)} UTC`
    : '';
  const on = `On ${escaped(engine.name)} ${escaped(engine.version)} (API ${escaped(engine.apiVersion)})`;
  return `${on}${day === '' ? '' : `, ${day}`}, in ${secondsText(seconds)}.`;
}

/** Every drill in a word, by service: where to look. */
function overview(groups: Groups, ids: ReadonlyMap<DrillResult, string>): string {
  if (groups.length === 0) return '';
  const rows = groups.map(([service, results]) => {
    const pills = results.map(
      (one) =>
        `<li><a class="pill ${one.outcome}" href="#${ids.get(one) ?? ''}" title="${escaped(one.summary)}">${outcomeSigns[one.outcome]} ${escaped(one.id)}</a></li>`,
    );
    return `<li><b>${escaped(service)}</b><ul class="pills">${pills.join('')}</ul></li>`;
  });
  return `<section><h2>At a glance</h2><ul class="overview">${rows.join('\n')}</ul></section>`;
}

function serviceSection([service, results]: Groups[number], ids: ReadonlyMap<DrillResult, string>): string {
  return [
    `<section class="service"><h2>${escaped(service)}</h2>`,
    ...results.map((result) => drillCard(result, ids.get(result) ?? '')),
    '</section>',
  ].join('\n');
}

function standIns({ standIns: all }: DrillReport): string {
  if (all.length === 0) return '';
  const rows = all.map(
    ({ kind, service, wanted, used }) =>
      `<tr><td>${escaped(service ?? '–')}</td><td>${escaped(kind)}</td><td>${escaped(wanted)}</td><td>${escaped(used)}</td></tr>`,
  );
  return section('What stood in for something real', `${count(all.length, 'thing')} of the project stayed out of it.`, [
    ['Service', 'What', 'The file says', 'Used in its place'],
    rows,
  ]);
}

function skipped({ skipped: all }: DrillReport): string {
  if (all.length === 0) return '';
  const groups = grouped(all, ({ service, because }) => `${service}\0${because}`);
  const rows = [...groups.values()].map((some) => {
    const { service = '', because = '' } = some[0] ?? {};
    const ids = some.map(({ id }) => escaped(id)).join(', ');
    return `<tr><td>${escaped(service)}</td><td>${ids}</td><td>${escaped(because)}</td></tr>`;
  });
  return section('Not drilled', 'Nothing is said of these.', [['Service', 'Drills', 'Why'], rows]);
}

function section(title: string, text: string, [heads, rows]: [readonly string[], readonly string[]]): string {
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('');
  return `<section><h2>${title}</h2><p class="faint">${text}</p><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}
