import type { RuleCard } from '../vocabulary/rule-card.ts';
import type { Confidence, Severity } from '../vocabulary/severity.ts';
import type { Json } from './sarif-places.ts';

/** Code scanning takes 20 tags of a rule and refuses the file with more. */
const mostTags = 20;

/** As code scanning reads a score: over 9 critical, from 7 high, from 4 medium. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' };
const precisions: Readonly<Record<Confidence, string>> = { certain: 'very-high', likely: 'high', guess: 'low' };
const problems: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'recommendation',
};
const levels: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };

/** Rows of the mission about attackers; the others are about staying up. Only security alerts have a score. */
const securityRows = /^(?:SCN\d+|IMG(?:7|10|16|17)|RUN(?:[1-4]|12|13))$/;

/** A `reportingDescriptor` (3.49). A rule we hold no card of is known by its id alone. */
export function sarifRule(id: string, card: RuleCard | undefined): Json {
  if (!card) return { id };
  const isSecurity = card.mission.some((row) => securityRows.test(row));
  const tags = [isSecurity ? 'security' : 'reliability', card.id.split('/')[0] ?? '', ...card.mission, ...card.aliases];
  const [helpUri] = card.sources;
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: card.summary },
    fullDescription: { text: card.why },
    help: { text: helpText(card), markdown: helpMarkdown(card) },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { enabled: card.optIn !== true, level: levels[card.severity] },
    properties: {
      tags: [...new Set(tags)].slice(0, mostTags),
      aliases: card.aliases,
      precision: precisions[card.confidence],
      'problem.severity': problems[card.severity],
      ...(isSecurity ? { 'security-severity': scores[card.severity] } : {}),
    },
  };
}

/** `compose/unbounded-logs`: `ComposeUnboundedLogs` (3.49.7: a name is one word in PascalCase). */
function nameOf(id: string): string {
  return id
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

function helpText(card: RuleCard): string {
  return [
    `${card.summary}. ${card.why}`,
    ...(card.aliases.length > 0 ? [`Known elsewhere as ${card.aliases.join(', ')}.`] : []),
    ...card.sources,
    `More: seaworthy explain ${card.id}`,
  ].join('\n');
}

function helpMarkdown(card: RuleCard): string {
  const example = (title: string, text: string | undefined) =>
    text === undefined ? [] : [`**${title}**\n\n${fenced(text)}`];
  return [
    `**${card.summary}.** ${card.why}`,
    ...example('Wrong', card.exampleBad),
    ...example('Right', card.exampleGood),
    ...(card.aliases.length > 0
      ? [`Known elsewhere as ${card.aliases.map((alias) => `\`${alias}\``).join(', ')}.`]
      : []),
    card.sources.map((source) => `- <${source}>`).join('\n'),
    `More: \`seaworthy explain ${card.id}\``,
  ].join('\n\n');
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.trimEnd()}\n${fence}`;
}
