import type { Finding } from '../vocabulary/finding.ts';
import { confidences, severities } from '../vocabulary/severity.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import type { FormatExtras } from './format.ts';
import { checklistsSection } from './html/checklists.ts';
import { countsTable, severityTiles } from './html/counts.ts';
import { escaped } from './html/escape.ts';
import { badge, findingsSection } from './html/findings.ts';
import { headlineOf } from './html/headline.ts';
import { contentSecurityPolicy } from './html/policy.ts';
import { pageScript } from './html/script.ts';
import { stackSection } from './html/stack-section.ts';
import { pageStyle } from './html/style.ts';
import { ServiceWeights } from './html/weights.ts';
import { count } from './listed.ts';
import { itemsText, tallyItems } from './tally.ts';

const mostFirst = 3;

/**
 * The verdict as one page that needs nothing else: no network, no other file. Its policy forbids all but its own style
 * and script, and without the script it can still be read. Ends with a line end.
 */
export function renderHtml(verdict: Verdict, options: FormatExtras): string {
  const graphs = options.graphs?.() ?? [];
  const sources = options.sources ?? (() => '');
  const headline = headlineOf(verdict);
  const weights = new ServiceWeights(
    verdict.findings,
    graphs.map((graph) => graph.place),
  );
  const numbers = new Map(verdict.findings.map((finding, index) => [finding, index + 1]));
  const rules = new Map(options.rules.map((card) => [card.id, card]));
  const names = graphs.flatMap((graph) => graph.name ?? []);
  const stack = stackSection(graphs, weights);
  const checklists = checklistsSection(verdict.checklists);
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<meta name="generator" content="seaworthy ${escaped(options.version)}">`,
    `<title>${escaped(headline.text)}${names.length > 0 ? ` · ${escaped(names.join(', '))}` : ''}</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#findings">Skip to the findings</a>',
    `<header class="${headline.mood}">`,
    `<p class="brand">seaworthy check${names.length > 0 ? ` · ${escaped(names.join(', '))}` : ''}</p>`,
    `<h1>${escaped(headline.text)}</h1>`,
    `<p class="advice">${escaped(headline.advice)}</p>`,
    severityTiles(verdict.findings),
    `<p class="seen">${seenText(verdict)}</p>`,
    '</header>',
    navigation(stack !== '', checklists !== ''),
    '<main>',
    ...[
      troubles(verdict),
      verdict.findings.length > 0
        ? `<div class="overview">${firstSteps(verdict.findings, numbers)}<section id="counts"><h2>Where it hurts</h2>${countsTable(verdict.findings)}</section></div>`
        : '',
      stack,
      findingsSection(verdict.findings, { rules, sources, numbers }),
      checklists,
    ].filter(Boolean),
    '</main>',
    `<footer><p>Made by seaworthy ${escaped(options.version)}. Nothing was executed to make this page, and it asks nothing of any network.</p></footer>`,
    `<script>${pageScript}</script>`,
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

function seenText(verdict: Verdict): string {
  const seen = `${count(verdict.findings.length, 'finding')} in ${count(verdict.services.length, 'service')} and ${count(verdict.files.length, 'file')}`;
  const items = itemsText(tallyItems(verdict.checklists));
  return items === '' ? `${seen}.` : `${seen}. Checklists: ${items}.`;
}

function navigation(hasStack: boolean, hasChecklists: boolean): string {
  const links = [
    ...(hasStack ? ['<a href="#stack">Stack</a>'] : []),
    '<a href="#findings">Findings</a>',
    ...(hasChecklists ? ['<a href="#checklists">Checklists</a>'] : []),
  ];
  return `<nav aria-label="Parts of this page">${links.join('')}</nav>`;
}

/** What was not looked at, and rules of ours that broke: never to be overlooked. */
function troubles(verdict: Verdict): string {
  const unread = verdict.unread.map(({ path, reason }) => `<li><code>${escaped(path)}</code>: ${escaped(reason)}</li>`);
  const failures = verdict.failures.map(
    ({ rule, message }) => `<li><code>${escaped(rule)}</code>: ${escaped(message)}</li>`,
  );
  return [
    unread.length > 0 ? `<section class="trouble"><h2>Not looked at</h2><ul>${unread.join('')}</ul></section>` : '',
    failures.length > 0
      ? `<section class="trouble"><h2>Rules that failed: a bug in seaworthy</h2><ul>${failures.join('')}</ul></section>`
      : '',
  ].join('');
}

/** The worst and surest, one of each rule: what to look at before anything else. */
function firstSteps(findings: readonly Finding[], numbers: ReadonlyMap<Finding, number>): string {
  const worst = [...findings]
    .filter((finding) => finding.severity === 'critical' || finding.severity === 'high')
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence),
    );
  const seen = new Set<string>();
  const first = worst
    .filter(({ rule }) => {
      const isNew = !seen.has(rule);
      seen.add(rule);
      return isNew;
    })
    .slice(0, mostFirst);
  if (first.length === 0) return '';
  const items = first.map(
    (finding) =>
      `<li>${badge(finding.severity)} <a href="#f${numbers.get(finding) ?? 0}">${escaped(finding.message)}</a> <span class="faint">${escaped(finding.file)}:${finding.span.start.line}</span></li>`,
  );
  return `<section id="first"><h2>Start here</h2><ol class="first">${items.join('')}</ol></section>`;
}
