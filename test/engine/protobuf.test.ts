import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldsOf, messageOf } from '../../src/engine/protobuf.ts';

test('texts and bytes come back as they were, whatever their length', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.uint8Array({ maxLength: 40_000 }),
      (text, bytes) => {
        const fields = fieldsOf(messageOf({ 1: text, 200: Buffer.from(bytes) }));
        expect(fields.get(1)?.toString('utf8')).toBe(text);
        expect(fields.get(200)?.equals(Buffer.from(bytes))).toBe(true);
      },
    ),
  );
});

test('fields of other kinds are skipped', () => {
  const number = Buffer.from([8, 0xac, 2]); // field 1: 300
  const fixed = Buffer.from([0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1d, 1, 2, 3, 4]); // fields 2 and 3: eight and four bytes
  const fields = fieldsOf(Buffer.concat([number, fixed, messageOf({ 4: 'kept' })]));
  expect([...fields].map(([key, value]) => [key, value.toString()])).toEqual([[4, 'kept']]);
});

test('no message makes it throw or hang', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => fieldsOf(Buffer.from(bytes)) instanceof Map));
});
