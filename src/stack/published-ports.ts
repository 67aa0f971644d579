import { child, itemsOf, type Maybe, textsOf } from '../model/compose/tree-access.ts';
import type { ContainerBody, HostBody } from './plan.ts';
import { numberAt, textAt } from './values.ts';

/**
 * `ports` and `expose`. A binding without its exposed port is ignored by the engine, in silence (measured, 20.10), so
 * that both are always made together.
 */
export function publishedPorts(service: Maybe): {
  readonly exposed: ContainerBody['ExposedPorts'];
  readonly bindings: HostBody['PortBindings'];
} {
  const exposed: Record<string, object> = {};
  const bindings: Record<string, { HostIp?: string; HostPort?: string }[]> = {};
  for (const port of textsOf(child(service, 'expose'))) for (const one of exposedPorts(port)) exposed[one] = {};
  for (const port of itemsOf(child(service, 'ports'))) {
    const target = numberAt(port, 'target');
    if (target === undefined) continue;
    const key = `${target}/${textAt(port, 'protocol') ?? 'tcp'}`;
    exposed[key] = {};
    const host = textAt(port, 'host_ip');
    bindings[key] ??= [];
    bindings[key].push({ ...(host === undefined ? {} : { HostIp: host }), HostPort: textAt(port, 'published') ?? '' });
  }
  return {
    exposed: Object.keys(exposed).length > 0 ? exposed : undefined,
    bindings: Object.keys(bindings).length > 0 ? bindings : undefined,
  };
}

/** One port goes as it is written, as Compose sends it; a range as its ports: Compose sends it as one port, which is none. */
function exposedPorts(written: string): string[] {
  const match = /^(\d+)-(\d+)(?:\/([a-z]+))?$/i.exec(written.trim());
  if (!match) return [written];
  const first = Number(match[1]);
  const last = Math.min(Number(match[2]), 65_535);
  const protocol = (match[3] ?? 'tcp').toLowerCase();
  const ports: string[] = [];
  for (let port = first; port <= last; port++) ports.push(`${port}/${protocol}`);
  return ports;
}
