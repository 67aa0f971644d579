import { ipVersion } from './ip-address.ts';

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** From 0 to 65535, `first` not above `last`. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Offsets in the text, half open. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** `[host IP:][published:]target[/protocol]`: a word of EXPOSE, or Compose's and `docker run`'s short form. */
export interface PortMapping {
  readonly ok: true;
  /** Without brackets; undefined where all addresses are meant. */
  readonly hostIp: string | undefined;
  /**
   * Undefined where Docker chooses. As long as `target`, port for port; or, with a single target, the range of which
   * Docker takes one.
   */
  readonly published: PortRange | undefined;
  readonly target: PortRange;
  readonly protocol: Protocol;
  /** Where each piece stands; the host IP's brackets included. A protocol that is not written has no place. */
  readonly at: {
    readonly hostIp: Piece | undefined;
    readonly published: Piece | undefined;
    readonly target: Piece;
    readonly protocol: Piece | undefined;
  };
}

export interface PortError {
  readonly ok: false;
  readonly code: 'no-port' | 'bad-ip' | 'bad-target' | 'bad-published' | 'bad-protocol' | 'unequal-ranges';
  /** One plain sentence, without a final full stop. */
  readonly message: string;
  readonly at: Piece;
}

/** Reads a port as go-connections' `nat.ParsePortSpec`, which both Compose and BuildKit use. */
export function parsePort(text: string): PortMapping | PortError {
  // Split from the right: an IPv6 address may stand without brackets (`::1:8080:80`).
  const lastColon = text.lastIndexOf(':');
  const hostColon = lastColon === -1 ? -1 : text.lastIndexOf(':', lastColon - 1);
  const hasHost = lastColon > 0 && hostColon !== -1;
  const ipAt = { start: 0, end: hasHost ? hostColon : 0 };
  const publishedAt = { start: hasHost ? hostColon + 1 : 0, end: Math.max(lastColon, 0) };
  const { targetAt, protocolAt } = splitProtocol(text, lastColon + 1);

  const written = textAt(text, ipAt);
  const hostIp = written.startsWith('[') && written.endsWith(']') ? written.slice(1, -1) : written;
  // `[]:80:80` passes as no address at all: go-connections strips the brackets first.
  if (hostIp !== '' && ipVersion(hostIp) === undefined) {
    return wrong('bad-ip', `"${written}" is not an IP address`, ipAt);
  }
  if (targetAt.start === targetAt.end) {
    return wrong('no-port', `No container port is given in "${text}"`, { start: 0, end: text.length });
  }
  const target = readRange(textAt(text, targetAt));
  if (!target)
    return wrong('bad-target', `"${textAt(text, targetAt)}" is not a port from 0 to 65535 or a range`, targetAt);
  const isPublished = publishedAt.start < publishedAt.end;
  const published = isPublished ? readRange(textAt(text, publishedAt)) : undefined;
  if (isPublished && !published) {
    const message = `"${textAt(text, publishedAt)}" is not a port from 0 to 65535 or a range`;
    return wrong('bad-published', message, publishedAt);
  }
  if (published && target.first !== target.last && published.last - published.first !== target.last - target.first) {
    const message = `${textAt(text, publishedAt)} and ${textAt(text, targetAt)} are ranges of different length`;
    return wrong('unequal-ranges', message, { start: publishedAt.start, end: targetAt.end });
  }
  const protocol = protocolAt ? textAt(text, protocolAt).toLowerCase() : 'tcp';
  if (!isProtocol(protocol)) {
    return wrong('bad-protocol', `"${protocol}" is not one of tcp, udp, sctp`, protocolAt ?? targetAt);
  }
  const at = {
    hostIp: hostIp === '' ? undefined : ipAt,
    published: published ? publishedAt : undefined,
    target: targetAt,
    protocol: protocolAt,
  };
  return { ok: true, hostIp: hostIp === '' ? undefined : hostIp, published, target, protocol, at };
}

/** `8080`, `8080-8090`. Undefined for anything else. What follows a second `-` is not looked at, as in go-connections. */
export function readRange(text: string): PortRange | undefined {
  const [first = '', last] = text.split('-', 3);
  const range = { first: readPortNumber(first), last: readPortNumber(last ?? first) };
  return range.first <= range.last ? range : undefined;
}

/** NaN for what is no port, so that every comparison with it fails. */
function readPortNumber(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65535 ? port : Number.NaN;
}

/** `80/udp`. `80/` is tcp, and what follows a second `/` is not looked at: both as go-connections has it. */
function splitProtocol(text: string, from: number): { targetAt: Piece; protocolAt: Piece | undefined } {
  const slash = text.indexOf('/', from);
  if (slash === -1) return { targetAt: { start: from, end: text.length }, protocolAt: undefined };
  const second = text.indexOf('/', slash + 1);
  const protocolAt = { start: slash + 1, end: second === -1 ? text.length : second };
  return {
    targetAt: { start: from, end: slash },
    protocolAt: protocolAt.start < protocolAt.end ? protocolAt : undefined,
  };
}

function isProtocol(text: string): text is Protocol {
  return text === 'tcp' || text === 'udp' || text === 'sctp';
}

function textAt(text: string, piece: Piece): string {
  return text.slice(piece.start, piece.end);
}

function wrong(code: PortError['code'], message: string, at: Piece): PortError {
  return { ok: false, code, message, at };
}
