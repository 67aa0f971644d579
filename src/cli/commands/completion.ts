import { mission } from '../../knowledge/mission.ts';
import { allRules } from '../../rules/registry.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import type { Command } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { type CommandRow, completionTable } from '../completion/table.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { ExitCode } from '../exit-code.ts';
import { commands } from './all.ts';

const shells: Readonly<Record<string, (rows: readonly CommandRow[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export const completion: Command = {
  name: 'completion',
  summary: 'Print a script that completes commands, flags and rules in your shell',
  operands: 'bash | zsh | fish',
  flags: {},
  examples: [
    { line: 'source <(seaworthy completion bash)', does: 'in ~/.bashrc' },
    { line: 'source <(seaworthy completion zsh)', does: 'in ~/.zshrc, after compinit' },
    { line: 'seaworthy completion fish | source', does: 'in ~/.config/fish/config.fish' },
  ],
  async run({ operands, out }) {
    const [shell = ''] = operands;
    const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
    if (!script || operands.length > 1)
      throw new SeaworthyError('usage', `completion takes one of ${Object.keys(shells).join(', ')}`, {
        hint: 'source <(seaworthy completion bash)',
      });
    const all = await Promise.all(Object.values(commands).map((load) => load()));
    const names = { RULE: allRules.map(({ id }) => id), ROW: mission.map(({ id }) => id) };
    out.write(script(completionTable(all, names)));
    return ExitCode.Seaworthy;
  },
};
