import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commonFlags, parseArgsOptions } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/all.ts';
import { formats } from '../../src/cli/formats.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const guide = read('docs/ci.md');
const blocks = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language,
  text: text ?? '',
}));
const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => parse(text));

/** Every step or job that a YAML block holds, however deep. */
function find(node: unknown, key: string): Record<string, unknown>[] {
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.values(node).flatMap((child) => find(child, key));
  return key in node ? [node as Record<string, unknown>, ...below] : below;
}

test('every call of seaworthy in the guide is one that the command line takes', async () => {
  const calls = [
    ...guide.matchAll(/(?<=[ (\n]|^)seaworthy(?:@[\d.]+)? (check|completion|explain|rules)([^>|)#\n`]*)/gm),
  ];
  expect(calls.length).toBeGreaterThan(6);
  for (const [call, name = '', rest = ''] of calls) {
    const command = await commands[name]?.();
    const options = parseArgsOptions({ ...command?.flags, ...commonFlags });
    const { values } = parseArgs({ args: rest.trim().split(/ +/).filter(Boolean), options, allowPositionals: true });
    for (const [flag, value] of Object.entries(values)) {
      const { oneOf } = command?.flags[flag] ?? {};
      if (oneOf) expect(oneOf, call).toContain(value);
    }
  }
});

test('every format is in the table', () => {
  const told = [...guide.matchAll(/^\| `([a-z]+)` \| (?!`)/gm)].map(([, name]) => name);
  for (const name of ['text', ...Object.keys(formats)]) expect(told).toContain(name);
});

test('every use of the action gives inputs that it has, and the table lists them with their defaults', () => {
  const action: { inputs: Record<string, { default: string }> } = parse(read('action.yml'));
  const uses = yaml.flatMap((block) => find(block, 'uses')).filter(({ uses }) => /\/seaworthy@/.test(String(uses)));
  expect(uses).toHaveLength(2);
  for (const { with: inputs } of uses)
    for (const name of Object.keys(inputs ?? {})) expect(Object.keys(action.inputs)).toContain(name);
  for (const [name, { default: fallback }] of Object.entries(action.inputs))
    expect(guide).toContain(`| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\` `}|`);
});

test('the hook it names is there', () => {
  const ids = yaml
    .flatMap((block) => find(block, 'hooks'))
    .flatMap(({ hooks }) => (hooks as { id: string }[]).map(({ id }) => id));
  const known = (parse(read('.pre-commit-hooks.yaml')) as { id: string }[]).map(({ id }) => id);
  expect(ids).toEqual(['seaworthy']);
  expect(known).toEqual(ids);
});
