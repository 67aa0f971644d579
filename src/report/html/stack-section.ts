import type { StackGraph, StackPort, StackService } from '../../vocabulary/stack-graph.ts';
import { count } from '../listed.ts';
import { severityText } from '../tally.ts';
import { escaped } from './escape.ts';
import { stackSvg } from './stack-svg.ts';
import type { ServiceWeights } from './weights.ts';

/** A drawing of more tells nothing, and the table tells all. */
const mostDrawn = 120;

const wide = { cardWidth: 190, columns: 5, gap: 26, laneApart: 7 };
const narrow = { cardWidth: 152, columns: 2, gap: 14, laneApart: 5 };

/** Each project's stack as a drawing, and the same as a table for those who cannot see it. */
export function stackSection(graphs: readonly StackGraph[], weights: ServiceWeights): string {
  const drawn = graphs.filter((graph) => graph.services.length > 0);
  if (drawn.length === 0) return '';
  const parts = drawn.map((graph, index) => {
    const name = graph.name ?? (graph.place || 'lone Dockerfile');
    const title =
      drawn.length > 1 ? `<h3>${escaped(name)} <span class="faint">${escaped(graph.place)}</span></h3>` : '';
    return title + figureHtml(graph, weights, index);
  });
  return ['<section id="stack"><h2>The stack</h2>', ...parts, '</section>'].join('\n');
}

function figureHtml(graph: StackGraph, weights: ServiceWeights, index: number): string {
  const isDrawn = graph.services.length <= mostDrawn;
  const drawing = isDrawn
    ? [
        legend(graph),
        `<div class="drawing wide">${stackSvg(graph, weights, wide, `w${index}`)}</div>`,
        `<div class="drawing narrow">${stackSvg(graph, weights, narrow, `s${index}`)}</div>`,
      ]
    : [`<p>${count(graph.services.length, 'service')} are too many for a drawing.</p>`];
  return [
    '<figure class="stack">',
    ...drawing,
    `<figcaption><details${isDrawn ? '' : ' open'}><summary>The same as a table</summary>${tableHtml(graph, weights)}</details></figcaption>`,
    '</figure>',
  ].join('\n');
}

function legend(graph: StackGraph): string {
  const has = {
    depends: graph.services.some((service) => service.dependsOn.length > 0),
    checked: graph.services.some((service) => service.dependsOn.some((one) => one.condition !== 'service_started')),
    loose: graph.services.some((service) => service.dependsOn.some((one) => one.condition === 'service_started')),
    port: graph.services.some((service) => service.ports.length > 0),
    network: graph.networks.length > 0,
  };
  const line = (kind: string) =>
    `<svg class="key" viewBox="0 0 30 10" width="30" height="10" aria-hidden="true"><path class="${kind}" d="M1 5H29"/></svg>`;
  const entries = [
    has.port ? `${line('edge port')} published port` : '',
    has.checked ? `${line('edge depends')} waits until the other is healthy or done` : '',
    has.loose ? `${line('edge depends loose')} starts after the other, healthy or not` : '',
    has.network ? `${line('rail n0')} network` : '',
  ].filter(Boolean);
  return entries.length > 0 ? `<ul class="legend">${entries.map((entry) => `<li>${entry}</li>`).join('')}</ul>` : '';
}

function tableHtml(graph: StackGraph, weights: ServiceWeights): string {
  const heads = [
    'Service',
    'What it is',
    'Published ports',
    'Networks',
    'Volumes and host paths',
    'Waits for',
    'Findings',
  ];
  const rows = graph.services.map((service) => {
    const weight = weights.of(graph.place, service.name);
    const cells = [
      `${escaped(service.image)}<br><span class="faint">${escaped(what(service))}</span>`,
      lines(service.ports.map(portText)),
      lines(
        service.networkMode
          ? [`mode ${service.networkMode}`]
          : service.networks.map((name) => networkText(graph, name)),
      ),
      lines(service.mounts.map((one) => `${one.source} at ${one.target}${one.readOnly ? ', read-only' : ''}`)),
      lines(
        service.dependsOn.map(
          (one) => `${one.service} (${one.condition.replace(/^service_/, '').replaceAll('_', ' ')})`,
        ),
      ),
      weight ? `<span class="${weight.worst}">${severityText(weight.tally)}</span>` : 'none',
    ];
    return `<tr><th scope="row">${escaped(service.name)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="The stack as a table"><table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function what(service: StackService): string {
  const times = service.replicas === 1 ? [] : [`${service.replicas} replicas`];
  const runs = service.runs === 'server' ? [] : [service.runs === 'tool' ? 'started by hand' : 'runs once'];
  return [...(service.kind === 'unknown' ? [] : [service.kind]), ...runs, ...times].join(', ');
}

function lines(texts: readonly string[]): string {
  return texts.length > 0 ? texts.map(escaped).join('<br>') : '<span class="faint">none</span>';
}

function portText(port: StackPort): string {
  const reach =
    port.reach === 'everywhere'
      ? 'from any network'
      : port.reach === 'this-machine'
        ? 'from this machine'
        : `on ${port.address}`;
  return `${port.published ?? 'any port'} to ${port.target}/${port.protocol}, ${reach}`;
}

function networkText(graph: StackGraph, name: string): string {
  const network = graph.networks.find((one) => one.name === name);
  const notes = [...(network?.internal ? ['internal'] : []), ...(network?.external ? ['external'] : [])];
  return notes.length > 0 ? `${name} (${notes.join(', ')})` : name;
}
