import type { YamlMap, YamlScalar } from '../../read/yaml/tree.ts';
import { isGoFloat } from './go-text.ts';
import { partSpan, recordOf, scalarOf } from './tree-build.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The short form of a port, `host_ip:published:target/protocol` with ranges, in its long form: one mapping for each
 * port. Equal to compose-go's `ParsePortConfig` (which is go-connections' `ParsePortSpec`); a text gives what Compose
 * says of a wrong one.
 */
export function longPorts(scalar: YamlScalar): YamlMap[] | string {
  if (isGoFloat(scalar)) return 'invalid type float64 for port';
  const written = String(scalar.value);
  const slash = written.lastIndexOf('/');
  const protocol = (slash === -1 ? 'tcp' : written.slice(slash + 1) || 'tcp').toLowerCase();
  const rest = slash === -1 ? written : written.slice(0, slash);
  const pieces = splitPort(rest);
  if (pieces === undefined) return `invalid hostPort: ${written}`;
  const { ip, published, target, targetStart } = pieces;
  let hostIp = ip;
  if (hostIp.startsWith('[') && hostIp.endsWith(']')) hostIp = hostIp.slice(1, -1);
  if (hostIp !== '' && !isIpAddress(hostIp)) return `invalid IP address: ${hostIp}`;
  if (target === '') return `no port specified: ${written}<empty>`;
  const inner = parseRange(target);
  if (!inner) return `invalid containerPort: ${target}`;
  const outer = published === '' ? undefined : parseRange(published);
  if (published !== '' && !outer) return `invalid hostPort: ${published}`;
  // Several host ports for one container port: any of them, and Compose keeps the range as it is.
  const spread = outer && outer.end - outer.start !== inner.end - inner.start;
  if (spread && inner.start !== inner.end)
    return `invalid ranges specified for container and host Ports: ${target} and ${published}`;
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) return `invalid proto: ${protocol}`;
  // compose-go takes a port of 0 for none.
  if (inner.start === 0) return `${written} is missing a target port`;
  const span = scalar.span;
  const ports: YamlMap[] = [];
  for (let port = inner.start; port <= inner.end; port++) {
    const outside = !outer
      ? undefined
      : spread
        ? `${outer.start}-${outer.end}`
        : String(outer.start + port - inner.start);
    ports.push(
      recordOf(
        {
          mode: 'ingress',
          host_ip: hostIp === '' ? undefined : scalarOf(hostIp, partSpan(scalar, 0, ip.length)),
          target: scalarOf(port, partSpan(scalar, targetStart, targetStart + target.length)),
          published: outside === undefined ? undefined : scalarOf(outside, span),
          protocol,
        },
        span,
      ),
    );
  }
  return ports;
}

interface PortPieces {
  readonly ip: string;
  readonly published: string;
  readonly target: string;
  readonly targetStart: number;
}

function splitPort(text: string): PortPieces | undefined {
  const parts = text.split(':');
  const target = parts.at(-1) ?? '';
  const targetStart = text.length - target.length;
  if (parts.length === 1) return { ip: '', published: '', target, targetStart };
  const published = parts.at(-2) ?? '';
  // Whatever stands before belongs to the address: IPv6 has colons of its own.
  return { ip: parts.slice(0, -2).join(':'), published, target, targetStart };
}

/** `80` or `80-82`, each up to 65535. */
export function parseRange(text: string): Range | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = match[2] === undefined ? start : Number(match[2]);
  return start > 65_535 || end > 65_535 || end < start ? undefined : { start, end };
}

export function isIpAddress(text: string): boolean {
  if (/^\d+(?:\.\d+){3}$/.test(text)) return text.split('.').every((part) => Number(part) <= 255 && !/^0\d/.test(part));
  return isIpv6(text);
}

function isIpv6(text: string): boolean {
  if (!/^[\da-fA-F:.]+$/.test(text) || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  let count = 0;
  for (const [index, group] of groups.entries()) {
    if (group.includes('.')) {
      if (index !== groups.length - 1 || !isIpAddress(group)) return false;
      count += 2;
    } else if (/^[\da-fA-F]{1,4}$/.test(group)) count += 1;
    else return false;
  }
  return halves.length === 2 ? count < 8 : count === 8;
}
