import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../../src/cli/commands/all.ts';
import { bashCompletion } from '../../../src/cli/completion/bash.ts';
import { completionTable } from '../../../src/cli/completion/table.ts';
import { commandHelp } from '../../../src/cli/help.ts';

const hasBash = spawnSync('bash', ['--version']).status === 0;
const names = { RULE: ['compose/unbounded-logs', 'compose/privileged', 'dockerfile/no-labels'], ROW: ['RUN1', 'CHK1'] };
let place: string;

beforeAll(async () => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-completion-'));
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  fs.writeFileSync(path.join(place, 'script'), bashCompletion(completionTable(all, names)));
  fs.mkdirSync(path.join(place, 'work/a folder'), { recursive: true });
  for (const name of ['compose.yaml', 'compose.prod.yaml', 'Dockerfile', 'a folder/x'])
    fs.writeFileSync(path.join(place, 'work', name), '');
});
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

/** What a real bash offers behind these words. */
function offered(...words: string[]): string[] {
  const script = [
    'source "$1"; shift',
    'COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 ))',
    'complete -p seaworthy > /dev/null || exit 9',
    '_seaworthy seaworthy "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"',
    'for one in "${COMPREPLY[@]}"; do printf "%s\\n" "$one"; done',
  ].join('\n');
  const args = ['--norc', '--noprofile', '-u', '-c', script, 'bash', path.join(place, 'script'), 'seaworthy', ...words];
  const output = execFileSync('bash', args, { cwd: path.join(place, 'work'), encoding: 'utf8' });
  return output.split('\n').filter(Boolean).sort();
}

const cases: [string, string[], string[]][] = [
  ['a command', ['ch'], ['check']],
  ['all commands', [''], ['--help', '--version', 'check', 'completion', 'drill', 'explain', 'fix', 'help', 'rules']],
  ['a flag', ['check', '--form'], ['--format']],
  ['a flag behind an operand', ['check', 'Dockerfile', '--fail'], ['--fail-on']],
  ['a value', ['check', '--format', 'j'], ['json', 'junit']],
  ['a value behind =, which bash makes a word of its own', ['check', '--format', '=', 's'], ['sarif']],
  ['every value behind a bare =', ['rules', '--format', '='], ['json', 'text']],
  ['a file', ['check', '-f', 'compose.'], ['compose.prod.yaml', 'compose.yaml']],
  ['an operand that is a file', ['check', 'Dock'], ['Dockerfile']],
  ['a name with a blank, as one', ['check', 'a'], ['a folder']],
  ['a rule', ['check', '--only', 'compose/u'], ['compose/unbounded-logs']],
  ['a rule, or all where all may be enabled', ['check', '--enable', ''], ['all', ...names.RULE].sort()],
  ['a row of the mission', ['explain', 'RUN'], ['RUN1']],
  ['a rule as operand', ['explain', 'compose/p'], ['compose/privileged']],
  ['a file where a rule may stand too', ['explain', 'Dock'], ['Dockerfile']],
  ['a shell', ['completion', ''], ['bash', 'fish', 'zsh']],
  ['a command to help with', ['help', 'ex'], ['explain']],
  ['nothing, where only the user knows', ['check', '--env', ''], []],
  ['nothing behind a command there is none of', ['nonsense', 'x'], []],
];

for (const [name, words, expected] of cases)
  test.skipIf(!hasBash)(`bash completes ${name}: ${words.join(' ')}`, () =>
    expect(offered(...words)).toEqual(expected),
  );

test.skipIf(!hasBash)('the flags that the help tells, and no others', async () => {
  for (const load of Object.values(commands)) {
    const command = await load();
    const [, options = ''] = /\nOptions:\n([\s\S]*?)\n\n/.exec(commandHelp(command)) ?? [];
    const told = [...options.matchAll(/^ {2}(?:(-\w), | {4})(--[a-z-]+)/gm)].flatMap(([, short, long]) => [
      short,
      long,
    ]);
    expect(told).toContain('--help');
    expect(offered(command.name, '-')).toEqual(told.filter(Boolean).sort());
  }
});

test.skipIf(!hasBash)('behind each flag the values that the help tells', async () => {
  for (const load of Object.values(commands)) {
    const command = await load();
    for (const [, flag = '', value, help = ''] of commandHelp(command)
      .replace(/\n {8,}/g, ' ')
      .matchAll(/^ {2}(?:-\w, | {4})(--[a-z-]+)(?: ([A-Z=]+))? +(.*)$/gm)) {
      const choices = /\[([a-z, -]+)\]/.exec(help)?.[1]?.split(', ');
      const words = [...names.RULE, ...(/"all"/.test(help) ? ['all'] : [])];
      const files = ['Dockerfile', 'a folder', 'compose.prod.yaml', 'compose.yaml'];
      const expected = choices ?? (value === 'RULE' ? words : value === 'FILE' ? files : undefined);
      if (expected) expect(offered(command.name, flag, ''), `${command.name} ${flag}`).toEqual(expected.sort());
      else if (value) expect(offered(command.name, flag, ''), `${command.name} ${flag}`).toEqual([]);
    }
  }
});
