import { expect, test } from 'vitest';
import { kindByContent, kindOf } from '../../src/model/lone-file.ts';

test.each([
  ['services:\n  a: { image: x }\n', 'compose'],
  ['# a comment\n\n---\nname: x\nservices: {}\n', 'compose'],
  ['\uFEFFservices:\r\n', 'compose'],
  ['"services":\n', 'compose'],
  ['x-common: &c\n  a: 1\nservices: {}\n', 'compose'],
  ['services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM alpine\n', 'compose'],
  ['nonsense: 1\nservices: {}\n', 'compose'],
  ['FROM alpine\n', 'dockerfile'],
  ['# syntax=docker/dockerfile:1\nARG A\nFROM alpine\n', 'dockerfile'],
  ['FROM alpine\nCOPY <<EOF /compose.yaml\nservices:\n  a:\nEOF\n', 'dockerfile'],
  ['from alpine\n', 'dockerfile'],
  ['', 'dockerfile'],
  ['\n'.repeat(100_000), 'dockerfile'],
  ['hello world\n', 'dockerfile'],
])('%j is a %s', (text, kind) => {
  expect(kindByContent(text)).toBe(kind);
});

test.each([
  ['compose.yaml', 'service:\n  web:\n    image: nginx\n', 'compose'],
  ['stack.YML', '[]\n', 'compose'],
  ['positive.yaml', 'FROM nginx\n', 'dockerfile'],
  ['Dockerfile', 'service:\n', 'dockerfile'],
] as const)('%s with %j is a %s', (path, text, kind) => {
  expect(kindOf(path, text)).toBe(kind);
});
