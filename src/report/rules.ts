import type { RuleCard } from '../vocabulary/rule-card.ts';
import { severities } from '../vocabulary/severity.ts';
import { padCells } from './cells.ts';
import { count } from './listed.ts';
import { openPage, type Page, type PageOptions } from './page.ts';
import { visible } from './visible.ts';
import { indented, wrap } from './wrap.ts';

const margin = 10;

/** Every rule in a line or two, by area, worst first. Ends with a line end. */
export function renderRuleList(rules: readonly RuleCard[], options: PageOptions): string {
  const page = openPage(options);
  if (rules.length === 0) return 'There are no rules.\n';
  const areas = [...new Set(rules.map((rule) => areaOf(rule.id)))].sort();
  const blocks = areas.map((area) => {
    const cards = rules.filter((rule) => areaOf(rule.id) === area).sort(worstFirst);
    return [
      page.paint('strong', `${area}: ${count(cards.length, 'rule')}`),
      ...cards.flatMap((card) => cardLines(card, page)),
    ];
  });
  const optIn = rules.filter((rule) => rule.optIn).length;
  const total =
    optIn > 0
      ? `${count(rules.length, 'rule')}, ${optIn} of them off unless asked for.`
      : `${count(rules.length, 'rule')}.`;
  const first = [...rules].sort(worstFirst)[0];
  const next = first ? wrap(`Try: seaworthy explain ${visible(first.id)}`, page.width) : [];
  blocks.push([...wrap(total, page.width), ...next]);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** All of one rule: what, why, how sure, what it answers, an example of both kinds. Ends with a line end. */
export function renderRule(rule: RuleCard, options: PageOptions): string {
  const page = openPage(options);
  const { paint, width } = page;
  const title = wrap(visible(rule.summary), width).map((line) => paint('strong', line));
  const optIn = rule.optIn ? ', off unless asked for' : '';
  const grade = `${paint(rule.severity, rule.severity)}, ${rule.confidence}${optIn}, since ${visible(rule.since)}`;
  const facts: [string, string][] = [
    ['answers', rule.mission.map(visible).join(', ')],
    ['also', rule.aliases.map(visible).join(', ')],
    ['proof', rule.drill === undefined ? '' : `the drill ${visible(rule.drill)}, on a live engine`],
  ];
  const factLines = facts.filter(([, text]) => text !== '').flatMap(([label, text]) => labelled(label, text, page));
  const sources = rule.sources.flatMap((source, at) => labelled(at === 0 ? 'sources' : '', visible(source), page));
  const blocks = [
    [visible(rule.id), ...title, grade],
    wrap(visible(rule.why), width),
    [...factLines, ...sources],
    exampleLines('Such a file has it:', rule.exampleBad, 'fail', page),
    exampleLines('Such a file does not:', rule.exampleGood, 'pass', page),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** The rules that answer one row of the mission, such as `IMG7`. Ends with a line end. */
export function renderMissionRow(row: string, rules: readonly RuleCard[], options: PageOptions): string {
  const page = openPage(options);
  const cards = rules.filter((rule) => rule.mission.includes(row)).sort(worstFirst);
  if (cards.length === 0) return `No rule answers ${visible(row)}.\n`;
  const head = `${visible(row)} is answered by ${count(cards.length, 'rule')}`;
  return `${[page.paint('strong', head), ...cards.flatMap((card) => cardLines(card, page))].join('\n')}\n`;
}

function cardLines(card: RuleCard, page: Page): string[] {
  const { paint } = page;
  const optIn = card.optIn ? paint('faint', '  (off unless asked for)') : '';
  return [
    `  ${paint(card.severity, padCells(card.severity, margin))}${visible(card.id)}${optIn}`,
    ...indented(visible(card.summary), margin + 2, page.width).map((line) => paint('faint', line)),
  ];
}

function labelled(label: string, text: string, page: Page): string[] {
  const [first = '', ...rest] = indented(text, margin, page.width);
  return [page.paint('faint', label.padEnd(margin)) + first.slice(margin), ...rest];
}

/** As it stands in the file: an example that is wrapped cannot be copied. */
function exampleLines(head: string, text: string | undefined, style: 'pass' | 'fail', page: Page): string[] {
  if (text === undefined || text.trim() === '') return [];
  const lines = text.trimEnd().split(/\r?\n/);
  return [
    page.paint(style, head),
    '',
    ...lines.map((line) => `    ${visible(line.replaceAll('\t', '    '))}`.trimEnd()),
  ];
}

function areaOf(id: string): string {
  return visible(id.slice(0, Math.max(0, id.indexOf('/'))) || id);
}

function worstFirst(a: RuleCard, b: RuleCard): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
