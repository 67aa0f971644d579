import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { shortened } from '../../src/judge/shortened.ts';

test('a message as they are stays', () => {
  const message = `"api" ${'runs as root '.repeat(40)}`;
  expect(shortened(message)).toBe(message);
});

test('an endless name is cut, and the sentence around it stays', () => {
  expect(shortened(`"${'a'.repeat(5_000)}" may use all memory`)).toBe(`"${'a'.repeat(200)}…" may use all memory`);
});

test('many words are cut too, and never half a character', () => {
  const message = shortened('ab '.repeat(5_000));
  expect(message).toHaveLength(1_001);
  expect(shortened(`${'x'.repeat(199)}😀${'x'.repeat(5_000)}`)).toBe(`${'x'.repeat(199)}…`);
});

test('a project with a name of 55,000 characters', async () => {
  const name = 'a'.repeat(55_000);
  const { findings } = await check({ files: { 'compose.yaml': `services:\n  ${name}:\n    image: nginx:1.27\n` } });
  expect(findings.length).toBeGreaterThan(3);
  for (const { message } of findings) expect(message.length).toBeLessThanOrEqual(1_001);
});
