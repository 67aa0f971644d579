import { expect, test } from 'vitest';
import { mentionsOf } from '../../../src/model/dockerfile/mentions.ts';
import { target } from '../reading.ts';

test.each([
  ['$A', [{ end: 2, inBraces: false }]],
  [
    'x${A}y$A',
    [
      { end: 4, inBraces: true },
      { end: 8, inBraces: false },
    ],
  ],
  ['${A:-b}', [{ end: 3, inBraces: true }]],
  ['$AB ${AB} A {A} $ A', []],
  ['$$A', [{ end: 3, inBraces: false }]],
])('%s', (text, expected) => {
  expect(mentionsOf(text, 'A')).toEqual(expected);
});

test('a name longer than any pattern may be', () => {
  const name = 'N'.repeat(60_000);
  expect(mentionsOf(`a $${name} \${${name}}`, name)).toHaveLength(2);
  const stage = target(`FROM alpine:$${name}\nENV A=$${name}\nWORKDIR /$${name}\n`);
  expect(stage.steps).toHaveLength(2);
});
