import { type Command, commonFlags, type Flag } from '../command.ts';

/** What may follow: words of a list, a file, or something only the user knows. */
export type Choice =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'words-or-files'; readonly words: readonly string[] }
  | { readonly kind: 'free' };

export interface FlagRow {
  readonly name: string;
  readonly short?: string;
  readonly help: string;
  readonly multiple: boolean;
  /** Undefined for a flag without a value. */
  readonly takes?: { readonly label: string; readonly choice: Choice };
}

export interface CommandRow {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagRow[];
  readonly operand: Choice;
}

/** What stands behind the words in capitals. */
export interface Names {
  readonly RULE: readonly string[];
  readonly ROW: readonly string[];
}

/** Everything a shell needs to know, from the commands' own tables. */
export function completionTable(commands: readonly Command[], names: Names): CommandRow[] {
  return commands.map((command) => ({
    name: command.name,
    summary: command.summary,
    flags: Object.entries({ ...command.flags, ...commonFlags }).map(([name, flag]) => flagRow(name, flag, names)),
    operand: operandChoice(command.operands, names),
  }));
}

function flagRow(name: string, flag: Flag, names: Names): FlagRow {
  return {
    name,
    help: flag.help,
    multiple: flag.multiple === true,
    ...(flag.short ? { short: flag.short } : {}),
    ...(flag.type === 'string' ? { takes: { label: flag.value ?? 'VALUE', choice: valueChoice(flag, names) } } : {}),
  };
}

function valueChoice(flag: Flag, names: Names): Choice {
  if (flag.oneOf) return { kind: 'words', words: flag.oneOf };
  if (flag.value === 'FILE') return { kind: 'files' };
  if (flag.value === 'RULE') return { kind: 'words', words: [...(flag.also ?? []), ...names.RULE] };
  return { kind: 'free' };
}

/** Operands in capitals stand for something; those in small letters are the words themselves: `bash | zsh | fish`. */
function operandChoice(operands: string, names: Names): Choice {
  const words = [
    ...(operands.match(/(?<![\w:])[a-z]+(?![\w:])/g) ?? []),
    ...(/\bRULE\b/.test(operands) ? names.RULE : []),
    ...(/\bROW\b/.test(operands) ? names.ROW : []),
  ];
  const takesFiles = /\bPATH\b/.test(operands);
  if (words.length === 0) return takesFiles ? { kind: 'files' } : { kind: 'free' };
  return { kind: takesFiles ? 'words-or-files' : 'words', words };
}

/** The words before any command. */
export const programFlags = ['--help', '--version'] as const;
