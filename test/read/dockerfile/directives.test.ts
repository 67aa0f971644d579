import { expect, test } from 'vitest';
import { detectSyntax } from '../../../src/read/dockerfile/directives.ts';

test.each([
  ['# syntax=docker/dockerfile:1\nFROM a', 'docker/dockerfile:1', 1],
  ['\ufeff#syntax = a/b  key=val \r\nFROM a', 'a/b', 1],
  ['# escape=`\n# syntax=x\n', 'x', 2],
  ['#!/usr/bin/env docker build\n# syntax=x\n', 'x', 2],
  ['// syntax=x\n', 'x', 1],
  ['{"syntax": "x"}', 'x', 0],
])('%j asks for a frontend', (text, image, line) => {
  expect(detectSyntax(text)).toMatchObject({ image, line });
});

test.each(['', 'FROM a', '\n# syntax=x', '# hello\n# syntax=x', '{"syntax": 1}', '{', '# syntax='])(
  '%j asks for none',
  (text) => {
    expect(detectSyntax(text)).toBeUndefined();
  },
);
