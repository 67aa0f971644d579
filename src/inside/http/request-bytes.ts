import type { HttpRequest } from '../protocol.ts';
import { authority, type Endpoint } from '../net/endpoint.ts';

/** A request as HTTP/1.1 has it (RFC 9112), in its two parts. */
export interface RequestBytes {
  readonly head: Buffer;
  readonly body: Buffer;
  /** Both. */
  readonly whole: Buffer;
}

/** Throws a TypeError for a method or header that is none. */
export function requestBytes(
  request: HttpRequest,
  to: Endpoint,
  own: Readonly<Record<string, string>> = {},
): RequestBytes {
  if (!token.test(request.method)) throw new TypeError(`"${request.method}" is no HTTP method`);
  const body = Buffer.from(request.body ?? '', 'utf8');
  const headers = new Map<string, readonly [name: string, value: string]>();
  const set = (name: string, value: string) => headers.set(name.toLowerCase(), [name, value]);
  set('Host', authority(to));
  set('User-Agent', 'seaworthy');
  set('Accept', '*/*');
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (!token.test(name) || /[\r\n\0]/.test(value)) throw new TypeError(`"${name}" is no HTTP header`);
    set(name, value);
  }
  // How the message is framed is ours to say: a wrong length would make every answer look like a fault of the service.
  headers.delete('transfer-encoding');
  headers.delete('content-length');
  if (body.length > 0 || !/^(?:GET|HEAD|OPTIONS|DELETE)$/.test(request.method)) set('Content-Length', `${body.length}`);
  for (const [name, value] of Object.entries(own)) set(name, value);
  const lines = [...headers.values()].map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${request.method} ${targetOf(request.path)} HTTP/1.1\r\n${lines.join('')}\r\n`, 'utf8');
  return { head, body, whole: Buffer.concat([head, body]) };
}

/** RFC 9110, 5.6.2. */
const token = /^[\w!#$%&'*+.^`|~-]+$/;

/** What a request line cannot hold is escaped; without a fragment. */
function targetOf(path: string): string {
  const [plain = ''] = path.split('#');
  const rooted = plain.startsWith('/') ? plain : `/${plain}`;
  return rooted.replace(/[^\x21-\x7e]+/g, (text) =>
    [...Buffer.from(text, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
