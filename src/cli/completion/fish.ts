import { type Choice, type CommandRow, type FlagRow, programFlags } from './table.ts';

/** For fish 3 and newer: one `complete` line for each command and flag. */
export function fishCompletion(commands: readonly CommandRow[]): string {
  const lines = [
    '# fish completion for seaworthy; made by `seaworthy completion fish`',
    'complete -c seaworthy -f',
    ...commands.map(
      ({ name, summary }) => `complete -c seaworthy -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
    ),
    `complete -c seaworthy -n __fish_use_subcommand -a help -d ${quote('Show help')}`,
    ...programFlags.map((flag) => `complete -c seaworthy -n __fish_use_subcommand -l ${flag.slice(2)}`),
    ...commands.flatMap(commandLines),
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines({ name, flags, operand }: CommandRow): string[] {
  const start = `complete -c seaworthy -n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
  const operandLine = `${start}${choiceFlags(operand)}`;
  return [...flags.map((flag) => flagLine(start, flag)), ...(operandLine === start ? [] : [operandLine])];
}

function flagLine(start: string, { name, short, help, takes }: FlagRow): string {
  // `-x` is: a value, and no file names beside what is listed; `-r -F`: a value, which is a file.
  const value = !takes ? '' : takes.choice.kind === 'files' ? ' -r -F' : ` -x${choiceFlags(takes.choice)}`;
  return `${start}${short ? ` -s ${short}` : ''} -l ${name}${value} -d ${quote(help)}`;
}

function choiceFlags(choice: Choice): string {
  switch (choice.kind) {
    case 'words':
      return ` -a ${quote(choice.words.join(' '))}`;
    case 'files':
      return ' -F';
    case 'words-or-files':
      return ` -F -a ${quote(choice.words.join(' '))}`;
    case 'free':
      return '';
  }
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
