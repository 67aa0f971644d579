import { expect, test } from 'vitest';
import type { Command } from '../../../src/cli/command.ts';
import { commands } from '../../../src/cli/commands/all.ts';
import { completion } from '../../../src/cli/commands/completion.ts';
import { fishCompletion } from '../../../src/cli/completion/fish.ts';
import { completionTable } from '../../../src/cli/completion/table.ts';
import { zshCompletion } from '../../../src/cli/completion/zsh.ts';
import { SeaworthyError } from '../../../src/vocabulary/error.ts';

const one: Command = {
  name: 'check',
  summary: "Judge the lessons' projects",
  operands: '[PATH…]',
  flags: {
    format: { type: 'string', value: 'FORMAT', oneOf: ['text', 'json'], help: 'How [so]: tell' },
    file: { type: 'string', short: 'f', value: 'FILE', multiple: true, help: 'Compose file' },
    watch: { type: 'boolean', help: "Don't stop" },
  },
  examples: [],
  run: () => 0,
};
const explain: Command = { ...one, name: 'explain', operands: 'RULE | ROW | service:NAME [PATH]', flags: {} };
const table = completionTable([one, explain], { RULE: ['compose/a', 'compose/b'], ROW: ['RUN1'] });

test('the table: what follows a flag and a command', () => {
  expect(table[0]?.flags.map(({ name, takes }) => [name, takes?.choice])).toEqual([
    ['format', { kind: 'words', words: ['text', 'json'] }],
    ['file', { kind: 'files' }],
    ['watch', undefined],
    ['help', undefined],
    ['color', { kind: 'words', words: ['auto', 'always', 'never'] }],
  ]);
  expect(table[0]?.operand).toEqual({ kind: 'files' });
  expect(table[1]?.operand).toEqual({ kind: 'words-or-files', words: ['compose/a', 'compose/b', 'RUN1'] });
});

test('zsh: quoted for the shell and for _arguments', () => {
  const script = zshCompletion(table);
  expect(script.startsWith('#compdef seaworthy\n')).toBe(true);
  expect(script).toContain("'--format=[How \\[so\\]\\: tell]:FORMAT:(text json)'");
  expect(script).toContain("'*--file=[Compose file]:FILE:_files'");
  expect(script).toContain("'*-f+[Compose file]:FILE:_files'");
  expect(script).toContain("'--watch[Don'\\''t stop]'");
  expect(script).toContain("'check:Judge the lessons'\\'' projects'");
});

test('fish: one line for each flag', () => {
  const lines = fishCompletion(table).split('\n');
  const check = "complete -c seaworthy -n '__fish_seen_subcommand_from check'";
  expect(lines).toContain(`${check} -l format -x -a 'text json' -d 'How [so]: tell'`);
  expect(lines).toContain(`${check} -s f -l file -r -F -d 'Compose file'`);
  expect(lines).toContain(`${check} -l watch -d 'Don\\'t stop'`);
  expect(lines).toContain(`${check} -F`);
});

test('every command and flag there is, in both', async () => {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const rows = completionTable(all, { RULE: [], ROW: [] });
  const [zsh, fish] = [zshCompletion(rows), fishCompletion(rows)];
  for (const { name, flags } of all) {
    expect(zsh).toContain(`    ${name})`);
    for (const flag of Object.keys(flags)) {
      expect(zsh).toContain(`--${flag}`);
      expect(fish).toMatch(new RegExp(`from ${name}' (?:-s . )?-l ${flag} `));
    }
  }
});

test('a shell that is none is misuse', async () => {
  const call = {
    cwd: '.',
    values: {},
    env: {},
    readStdin: () => '',
    out: { write() {}, warn() {}, width: 80, color: false, unicode: true },
  };
  for (const operands of [[], ['tcsh'], ['toString'], ['bash', 'zsh']])
    await expect((async () => completion.run({ ...call, operands }))()).rejects.toThrow(SeaworthyError);
});
