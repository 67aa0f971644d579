import type { Finding } from '../../vocabulary/finding.ts';
import { severities } from '../../vocabulary/severity.ts';
import { groupFindings } from '../finding-groups.ts';
import { tallyFindings } from '../tally.ts';
import { escaped } from './escape.ts';

/** How many of each severity, as four tiles. */
export function severityTiles(findings: readonly Finding[]): string {
  const tally = tallyFindings(findings);
  const tiles = severities.map(
    (severity) =>
      `<li class="tile ${tally[severity] > 0 ? severity : 'zero'}"><b>${tally[severity]}</b> <span>${severity}</span></li>`,
  );
  return `<ul class="tiles" aria-label="Findings by severity">${tiles.join('')}</ul>`;
}

/** How many by service, and by file for what concerns a file as a whole; the worst first. */
export function countsTable(findings: readonly Finding[]): string {
  const groups = groupFindings(findings, false);
  if (groups.length === 0) return '';
  const rows = groups.map((group) => {
    const tally = tallyFindings(group.findings);
    const cells = severities.map((severity) =>
      tally[severity] > 0 ? `<td class="${severity}">${tally[severity]}</td>` : '<td class="zero">0</td>',
    );
    const name =
      group.kind === 'service'
        ? `<a href="#findings" data-service="${escaped(group.name)}">${escaped(group.name)}</a>`
        : `<span class="path">${escaped(group.name)}</span>`;
    return `<tr><th scope="row">${name}</th>${cells.join('')}</tr>`;
  });
  const heads = severities.map((severity) => `<th scope="col">${severity}</th>`).join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="Findings by service"><table class="counts"><thead><tr><th scope="col">Service or file</th>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}
