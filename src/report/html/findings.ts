import type { Finding } from '../../vocabulary/finding.ts';
import type { RuleCard } from '../../vocabulary/rule-card.ts';
import { type Severity, severities } from '../../vocabulary/severity.ts';
import type { Sources } from '../finding-block.ts';
import { count } from '../listed.ts';
import { tallyFindings } from '../tally.ts';
import { escaped, webAddress } from './escape.ts';
import { excerptHtml, type Spot, spotsByFile } from './spots.ts';
import { servicesOf } from './weights.ts';

export interface FindingsOptions {
  readonly rules: ReadonlyMap<string, RuleCard>;
  readonly sources: Sources;
  /** The number that stands in the finding's anchor, `f12`. */
  readonly numbers: ReadonlyMap<Finding, number>;
}

/** All findings in their source, file by file, with the controls that filter them. */
export function findingsSection(findings: readonly Finding[], options: FindingsOptions): string {
  if (findings.length === 0) return '<section id="findings"><h2>Findings</h2><p>None in what was judged.</p></section>';
  const files = [...spotsByFile(findings)].sort(([, a], [, b]) => worstOf(a) - worstOf(b));
  return [
    '<section id="findings"><h2>Findings</h2>',
    controls(findings),
    `<p id="shown" class="faint" role="status" aria-live="polite">${count(findings.length, 'finding')}</p>`,
    ...files.map(([file, spots]) => fileHtml(file, spots, options)),
    '</section>',
  ].join('\n');
}

function worstOf(spots: readonly Spot[]): number {
  return spots.reduce(
    (worst, { findings: [first] }) => Math.min(worst, first ? severities.indexOf(first.severity) : worst),
    9,
  );
}

/** The boxes work without a script; what needs one is shown only where it runs. */
function controls(findings: readonly Finding[]): string {
  const tally = tallyFindings(findings);
  const boxes = severities
    .filter((severity) => tally[severity] > 0)
    .map(
      (severity) =>
        `<label class="chip ${severity}"><input type="checkbox" id="show-${severity}" value="${severity}" checked> ${tally[severity]} ${severity}</label>`,
    );
  const services = [...new Set(findings.flatMap(servicesOf))].sort();
  const rules = [...new Set(findings.map((finding) => finding.rule))].sort();
  return [
    '<form class="filters" id="filters" autocomplete="off">',
    `<fieldset><legend>Show</legend>${boxes.join('')}</fieldset>`,
    '<div class="scripted">',
    `<label>Service <select id="by-service"><option value="">all</option>${services.map(optionHtml).join('')}</select></label>`,
    `<label>Rule <select id="by-rule"><option value="">all</option>${rules.map(optionHtml).join('')}</select></label>`,
    '<label>Text <input type="search" id="by-text" placeholder="message, file, source" size="18"></label>',
    '<button type="button" id="reset">Show all</button>',
    '<button type="button" id="fold" aria-pressed="false">Fold files</button>',
    '</div></form>',
  ].join('\n');
}

function optionHtml(name: string): string {
  return `<option value="${escaped(name)}">${escaped(name)}</option>`;
}

function fileHtml(file: string, spots: readonly Spot[], options: FindingsOptions): string {
  const all = spots.flatMap((spot) => spot.findings);
  const tally = tallyFindings(all);
  const badges = severities
    .filter((severity) => tally[severity] > 0)
    .map((severity) => `<span class="badge ${severity}">${tally[severity]} ${severity}</span>`);
  return [
    `<details class="file ${hasClasses(all)}" open><summary><span class="path">${escaped(file)}</span> <span class="badges">${badges.join(' ')}</span></summary>`,
    ...spots.map((spot) => spotHtml(file, spot, options)),
    '</details>',
  ].join('\n');
}

function hasClasses(findings: readonly Finding[]): string {
  return [...new Set(findings.map((finding) => `has-${finding.severity}`))].join(' ');
}

function spotHtml(file: string, spot: Spot, options: FindingsOptions): string {
  return [
    `<div class="spot ${hasClasses(spot.findings)}">`,
    excerptHtml(file, spot, options.sources),
    ...spot.findings.map((finding) => findingHtml(finding, options)),
    '</div>',
  ].join('\n');
}

function findingHtml(finding: Finding, options: FindingsOptions): string {
  const { severity, rule, span, file } = finding;
  const services = servicesOf(finding);
  const sure = finding.confidence === 'certain' ? '' : `<span class="sure">${finding.confidence}</span>`;
  const place = `${file}:${span.start.line}:${span.start.column}`;
  return [
    `<details class="finding ${severity}" id="f${options.numbers.get(finding) ?? 0}" data-severity="${severity}" data-rule="${escaped(rule)}" data-services="${escaped(JSON.stringify(services))}">`,
    `<summary>${badge(severity)} <span class="message">${escaped(finding.message)}</span> <span class="rule">${escaped(rule)}</span>${sure}</summary>`,
    '<div class="more">',
    ...[whyHtml(options.rules.get(rule)), fixHtml(finding), relatedHtml(finding)].filter(Boolean),
    `<p class="faint">${escaped(place)}${services.length > 0 ? ` · ${services.length > 1 ? 'services' : 'service'} ${escaped(services.join(', '))}` : ''}${finding.drill ? ` · proved by the drill ${escaped(finding.drill)}` : ''}${finding.aliases.length > 0 ? ` · also known as ${escaped(finding.aliases.join(', '))}` : ''}</p>`,
    '</div></details>',
  ].join('\n');
}

export function badge(severity: Severity): string {
  return `<span class="badge ${severity}">${severity}</span>`;
}

function whyHtml(card: RuleCard | undefined): string {
  if (!card) return '';
  const links = card.sources
    .map(webAddress)
    .filter((address) => address !== '')
    .map((address) => `<li><a href="${address}" rel="noreferrer">${address.replace(/^https?:\/\//, '')}</a></li>`);
  return `<p>${escaped(card.why)}</p>${links.length > 0 ? `<ul class="links">${links.join('')}</ul>` : ''}`;
}

function fixHtml({ fix }: Finding): string {
  if (!fix) return '';
  const care = fix.safety === 'safe' ? '' : ' <span class="faint">Review it: it may change what runs.</span>';
  return `<p class="fix"><strong>Fix:</strong> ${escaped(fix.title)}.${care}</p>`;
}

function relatedHtml({ related }: Finding): string {
  if (!related || related.length === 0) return '';
  const items = related.map(
    (one) => `<li><code>${escaped(one.file)}:${one.span.start.line}</code> ${escaped(one.message)}</li>`,
  );
  return `<ul class="related">${items.join('')}</ul>`;
}
