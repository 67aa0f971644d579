import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePort, readRange } from '../../src/vocabulary/port.ts';

const one = (port: number) => ({ first: port, last: port });

test.each([
  ['80', undefined, undefined, one(80), 'tcp'],
  ['53/UDP', undefined, undefined, one(53), 'udp'],
  ['80/', undefined, undefined, one(80), 'tcp'],
  ['8080:80', undefined, one(8080), one(80), 'tcp'],
  [':80', undefined, undefined, one(80), 'tcp'],
  ['127.0.0.1:8080:80', '127.0.0.1', one(8080), one(80), 'tcp'],
  ['127.0.0.1::80', '127.0.0.1', undefined, one(80), 'tcp'],
  ['[::1]:8080:80/sctp', '::1', one(8080), one(80), 'sctp'],
  ['fe80::1:8080:80', 'fe80::1', one(8080), one(80), 'tcp'],
  ['9000-9002:80-82', undefined, { first: 9000, last: 9002 }, { first: 80, last: 82 }, 'tcp'],
  ['9000-9010:80', undefined, { first: 9000, last: 9010 }, one(80), 'tcp'],
  ['0:80', undefined, one(0), one(80), 'tcp'],
])('%s', (text, hostIp, published, target, protocol) => {
  expect(parsePort(text)).toMatchObject({ ok: true, hostIp, published, target, protocol });
});

test.each([
  ['', 'no-port', 0, 0],
  ['8080:', 'no-port', 0, 5],
  ['/tcp', 'no-port', 0, 4],
  ['70000', 'bad-target', 0, 5],
  ['http', 'bad-target', 0, 4],
  ['8080:90-80', 'bad-target', 5, 10],
  ['1:80 ', 'bad-target', 2, 5],
  ['${PORT}:80', 'bad-published', 0, 7],
  ['localhost:8080:80', 'bad-ip', 0, 9],
  ['[::1:8080:80', 'bad-ip', 0, 4],
  ['80-82:90-91', 'unequal-ranges', 0, 11],
  ['80/http', 'bad-protocol', 3, 7],
])('%j is refused: %s', (text, code, start, end) => {
  expect(parsePort(text)).toMatchObject({ ok: false, code, at: { start, end } });
});

test('every piece knows its place', () => {
  const text = '[::1]:8000-8001:80-81/tcp';
  const port = parsePort(text);
  const shown = port.ok && Object.values(port.at).map((piece) => text.slice(piece?.start, piece?.end));
  expect(shown).toEqual(['[::1]', '8000-8001', '80-81', 'tcp']);
  expect(parsePort('80')).toMatchObject({ at: { hostIp: undefined, published: undefined, protocol: undefined } });
});

test('ranges', () => {
  expect(readRange('80-90')).toEqual({ first: 80, last: 90 });
  expect(['', '-', '80-', '90-80', '-80', '+80', '1.5'].map(readRange)).toEqual(Array(7).fill(undefined));
});

test('what is put together is taken apart', () => {
  const port = fc.nat({ max: 65_535 });
  const host = fc.constantFrom('10.0.0.1', '[fe80::1]');
  fc.assert(
    fc.property(host, port, port, fc.constantFrom('tcp', 'udp', 'sctp'), (hostIp, published, target, protocol) => {
      expect(parsePort(`${hostIp}:${published}:${target}/${protocol}`)).toMatchObject({
        ok: true,
        hostIp: hostIp.replace(/[[\]]/g, ''),
        published: one(published),
        target: one(target),
        protocol,
      });
    }),
  );
});
