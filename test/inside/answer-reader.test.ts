import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswerReader } from '../../src/inside/http/answer-reader.ts';
import { requestBytes } from '../../src/inside/http/request-bytes.ts';

const to = { host: '10.0.0.2', port: 8080, tls: false };

function read(pieces: readonly (string | Buffer)[], method = 'GET', isEnded = false) {
  const body: Buffer[] = [];
  const reader = new AnswerReader(method, (bytes) => body.push(Buffer.from(bytes)));
  for (const piece of pieces) reader.push(Buffer.from(piece));
  if (isEnded) reader.end();
  const { status, isDone, isGarbled, keepsAlive, hasBegun } = reader;
  return {
    status,
    isDone,
    isGarbled,
    keepsAlive,
    hasBegun,
    body: Buffer.concat(body).toString(),
    rest: `${reader.rest}`,
  };
}

test.each([
  ['nothing', 'GET', '', { hasBegun: false, isDone: false }],
  [
    'a length',
    'GET',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    { status: 200, isDone: true, body: 'ok', keepsAlive: true },
  ],
  ['no reason', 'GET', 'HTTP/1.1 200\r\ncontent-length:0\r\n\r\n', { status: 200, isDone: true, keepsAlive: true }],
  ['HEAD', 'HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n', { isDone: true, body: '' }],
  ['204', 'GET', 'HTTP/1.1 204 No\r\n\r\n', { status: 204, isDone: true, keepsAlive: true }],
  ['304 with a length', 'GET', 'HTTP/1.1 304 No\r\nContent-Length: 9\r\n\r\n', { isDone: true }],
  [
    'chunks',
    'GET',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\nA;x=1\r\n0123456789\r\n1\r\n!\r\n0\r\nTrailer: 1\r\n\r\n',
    { isDone: true, body: '0123456789!', keepsAlive: true },
  ],
  [
    'interim answers',
    'GET',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 201 OK\r\nContent-Length: 0\r\n\r\n',
    { status: 201, isDone: true },
  ],
  [
    'closed',
    'GET',
    'HTTP/1.1 200 OK\r\nConnection: Keep-Alive, close\r\nContent-Length: 0\r\n\r\n',
    { isDone: true, keepsAlive: false },
  ],
  ['HTTP/1.0', 'GET', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', { isDone: true, keepsAlive: false }],
  [
    'HTTP/1.0 that stays',
    'GET',
    'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n',
    { keepsAlive: true },
  ],
  [
    'more than was asked',
    'GET',
    'HTTP/1.1 204 No\r\n\r\nHTTP/1.1 204',
    { isDone: true, rest: 'HTTP/1.1 204', keepsAlive: false },
  ],
  ['bare line feeds', 'GET', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', { isDone: true, body: 'ok' }],
  ['another protocol', 'GET', 'SSH-2.0-OpenSSH_9.2\r\n', { isGarbled: true, isDone: false }],
  ['a length that is none', 'GET', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', { isGarbled: true }],
  ['a chunk that is none', 'GET', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', { isGarbled: true }],
  ['a head without end', 'GET', `HTTP/1.1 200 OK\r\nA: ${'a'.repeat(300_000)}`, { isGarbled: true }],
])('%s', (_, method, text, expected) => {
  expect(read([text], method)).toMatchObject(expected);
  // However it is cut.
  expect(read([...text].slice(0, 5000).join('') === text ? [...text] : [text], method)).toMatchObject(expected);
});

test('a body without a length ends when the connection does', () => {
  const text = 'HTTP/1.1 200 OK\r\n\r\nhello';
  expect(read([text])).toMatchObject({ isDone: false });
  expect(read([text], 'GET', true)).toMatchObject({ isDone: true, body: 'hello', keepsAlive: false });
  for (const cut of ['HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello', 'HTTP/1.1 200 OK\r\nConte'])
    expect(read([cut], 'GET', true).isDone).toBe(false);
});

test('whatever bytes come, however they are cut, it reads the same and never throws', () => {
  const word = fc.constantFrom(
    'HTTP/1.1 200 OK',
    'Content-Length: 3',
    'Transfer-Encoding: chunked',
    '\r\n',
    '\r\n\r\n',
    '\n',
    '3',
    '0',
    'abc',
    ':',
    '\0',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 30 }),
      fc.array(fc.nat(400)),
      (words, cuts) => {
        const bytes = Buffer.from(words.join(''));
        const at = [...new Set([0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length])].sort(
          (a, b) => a - b,
        );
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(read(pieces)).toEqual(read([bytes]));
      },
    ),
  );
});

test('a request', () => {
  const text = (request: Parameters<typeof requestBytes>[0], own = {}) =>
    requestBytes(request, to, own).whole.toString();
  expect(text({ method: 'GET', path: '/a?b=c d&é#f' })).toBe(
    'GET /a?b=c%20d&%C3%A9 HTTP/1.1\r\nHost: 10.0.0.2:8080\r\nUser-Agent: seaworthy\r\nAccept: */*\r\n\r\n',
  );
  const posted = text(
    { method: 'POST', path: 'x', body: 'é', headers: { host: 'shop', 'content-length': '9' } },
    { Connection: 'close' },
  );
  expect(posted).toContain('POST /x HTTP/1.1\r\n');
  expect(posted).toContain('\r\nhost: shop\r\n');
  expect(posted).toContain('\r\nContent-Length: 2\r\nConnection: close\r\n\r\né');
  expect(posted).not.toContain('9');
  expect(text({ method: 'POST', path: '/' })).toContain('Content-Length: 0');
  for (const method of ['', 'GET /', 'A\r\nB']) expect(() => text({ method, path: '/' })).toThrow('no HTTP method');
  for (const headers of [{ 'a b': '' }, { a: 'b\nc' }] as Record<string, string>[])
    expect(() => text({ method: 'GET', path: '/', headers })).toThrow('no HTTP header');
  expect(text({ method: 'GET', path: '/a\r\nX: y' })).toContain('GET /a%0D%0AX:%20y HTTP/1.1\r\n');
});
