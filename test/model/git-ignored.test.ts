import { expect, test } from 'vitest';
import { gitIgnored } from '../../src/model/git-ignored.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';

for (const [ignore, path, answer] of [
  ['.env', '.env', 'yes'],
  ['.env\r', '.env', 'yes'],
  ['.env', 'api/.env', 'yes'],
  ['/.env', 'api/.env', 'no'],
  ['/.env', '.env', 'yes'],
  ['*.env', 'api/prod.env', 'yes'],
  ['.env*\n!.env.example', '.env.example', 'no'],
  ['.env*\n!.env.example', '.env.local', 'yes'],
  ['secrets/', 'db/secrets/password.txt', 'yes'],
  ['db/secrets', 'db/secrets/password.txt', 'yes'],
  ['# .env', '.env', 'no'],
  ['node_modules', '.env', 'no'],
] as const)
  test(`${JSON.stringify(ignore)} and ${path}: ${answer}`, () => {
    expect(gitIgnored(memoryFiles({ '.gitignore': ignore, [path]: '' }), path)).toBe(answer);
  });

test('no .gitignore tells nothing', () => {
  expect(gitIgnored(memoryFiles({ '.env': '' }), '.env')).toBe('unknown');
});

test('the nearest one counts too', () => {
  expect(gitIgnored(memoryFiles({ '.gitignore': 'dist', 'api/.gitignore': '.env' }), 'api/.env')).toBe('yes');
});

test('what lies outside is not looked for', () => {
  expect(gitIgnored(memoryFiles({ '.gitignore': '*' }), '../.env')).toBe('unknown');
});
