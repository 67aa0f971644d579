import type { YamlMap, YamlScalar } from '../../read/yaml/tree.ts';
import { ipVersion } from '../../vocabulary/ip-address.ts';
import { isGoFloat } from './go-text.ts';
import { compare } from './key-values.ts';
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
  const pieces = splitPort(written);
  const { ip, published, target, targetStart } = pieces;
  const protocol = pieces.protocol.toLowerCase();
  const hostIp = ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip;
  // An IPv6 address needs its brackets here, else it cannot be told from ports.
  if (hostIp !== '' && (ipVersion(hostIp) === undefined || (hostIp === ip && ip.includes(':'))))
    return `invalid IP address: ${ip}`;
  if (target === '') return `no port specified: ${written}<empty>`;
  const inner = parseRange(target);
  if (!inner) return `invalid containerPort: ${target}`;
  const outer = published === '' ? undefined : parseRange(published);
  if (published !== '' && !outer) return `invalid hostPort: ${published}`;
  const several = inner.start !== inner.end;
  const uneven = outer !== undefined && outer.end - outer.start !== inner.end - inner.start;
  if (uneven && several) return `invalid ranges specified for container and host Ports: ${target} and ${published}`;
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) return `invalid proto: ${protocol}`;
  // compose-go takes a port of 0 for none.
  if (inner.start === 0) return `${written} is missing a target port`;
  const span = scalar.span;
  const targetSpan = partSpan(scalar, targetStart, targetStart + target.length);
  const ports: { key: string; long: YamlMap }[] = [];
  for (let port = inner.start; port <= inner.end; port++) {
    // Several host ports for one container port: any free one of them.
    const outside = outer && (uneven ? `${outer.start}-${outer.end}` : String(outer.start + port - inner.start));
    const long = recordOf(
      {
        mode: 'ingress',
        host_ip: hostIp === '' ? undefined : scalarOf(hostIp, partSpan(scalar, 0, ip.length)),
        target: scalarOf(port, targetSpan),
        published: outside === undefined ? undefined : scalarOf(outside, span),
        protocol,
      },
      span,
    );
    ports.push({ key: `${port}/${protocol}`, long });
  }
  // compose-go sorts them as texts: 100 comes before 99.
  return ports.sort((a, b) => compare(a.key, b.key)).map(({ long }) => long);
}

interface PortPieces {
  readonly ip: string;
  readonly published: string;
  readonly target: string;
  readonly targetStart: number;
  readonly protocol: string;
}

function splitPort(text: string): PortPieces {
  const parts = text.split(':');
  const inside = parts.at(-1) ?? '';
  // What follows a second `/` is not looked at.
  const [target = '', protocol = ''] = inside.split('/');
  const targetStart = text.length - inside.length;
  const published = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  // Whatever stands before belongs to the address: IPv6 has colons of its own.
  return { ip: parts.slice(0, -2).join(':'), published, target, targetStart, protocol: protocol || 'tcp' };
}

/** `80` or `80-82`, each up to 65535; what follows a second `-` is not looked at. */
export function parseRange(text: string): Range | undefined {
  const [first = '', second] = text.split('-');
  if (!/^\d+$/.test(first) || (second !== undefined && !/^\d+$/.test(second))) return undefined;
  const start = Number(first);
  const end = second === undefined ? start : Number(second);
  return start > 65_535 || end > 65_535 || end < start ? undefined : { start, end };
}
