import { expect, test } from 'vitest';
import { fenced, languageOf, tableRow } from '../../../tools/generate/markdown.ts';

test('a fence is longer than any in the text', () => {
  expect(fenced('yaml', 'a: 1')).toBe('```yaml\na: 1\n```');
  expect(fenced('text', 'x ```` y')).toBe('`````text\nx ```` y\n`````');
});

test('a cell cannot end its row', () => {
  expect(tableRow(['a | b', 'two\n  lines'])).toBe('| a \\| b | two lines |');
});

test.each([
  ['Dockerfile', 'dockerfile'],
  ['api/Dockerfile.dev', 'dockerfile'],
  ['web.dockerfile', 'dockerfile'],
  ['Dockerfile.dockerignore', 'text'],
  ['.dockerignore', 'text'],
  ['compose.yaml', 'yaml'],
  ['docker-compose.yml', 'yaml'],
  ['.env', 'text'],
])('%s is shown as %s', (file, language) => {
  expect(languageOf(file)).toBe(language);
});
