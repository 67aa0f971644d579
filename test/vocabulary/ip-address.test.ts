import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipVersion, isAnyAddress, isLoopback } from '../../src/vocabulary/ip-address.ts';

test.each([
  ['127.0.0.1', 4],
  ['255.255.255.255', 4],
  ['256.0.0.1', undefined],
  ['01.2.3.4', undefined],
  ['1.2.3', undefined],
  ['1.2.3.4.', undefined],
  ['::', 6],
  ['::1', 6],
  ['fe80::1:2', 6],
  ['1:2:3:4:5:6:7:8', 6],
  ['1:2:3:4:5:6:7::', 6],
  ['1:2:3:4:5:6:7:8::', undefined],
  ['::ffff:10.0.0.1', 6],
  ['10.0.0.1::', undefined],
  ['1::2::3', undefined],
  ['fe80::1%eth0', undefined],
  ['12345::', undefined],
  ['', undefined],
  [':', undefined],
])('%j is version %s', (text, version) => expect(ipVersion(text)).toBe(version));

test('agrees with Node on everything without a zone', () => {
  const piece = fc.constantFrom('1', '0', '255', 'ffff', ':', '::', '.', '1.2.3.4');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      expect(ipVersion(text) ?? 0).toBe(isIP(text));
    }),
    { numRuns: 1000 },
  );
});

test('who can reach it', () => {
  const addresses = ['127.0.0.1', '127.8.8.8', '::1', '0:0::01', '0.0.0.0', '::', '10.0.0.1', '1.127.0.1', 'localhost'];
  expect(addresses.filter(isLoopback)).toEqual(['127.0.0.1', '127.8.8.8', '::1', '0:0::01']);
  expect(addresses.filter(isAnyAddress)).toEqual(['0.0.0.0', '::']);
});
