import type { ParseArgsConfig } from 'node:util';
import type { ExitCode } from './exit-code.ts';

/** One flag, with its place in the help. */
export interface Flag {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  readonly multiple?: true;
  /** What stands for the value in the help: `FILE`. */
  readonly value?: string;
  readonly help: string;
  /** Values it takes, when they are few. */
  readonly oneOf?: readonly string[];
  /** Words it takes beside what `value` stands for: `all`. */
  readonly also?: readonly string[];
  readonly default?: string;
}

export type Flags = Readonly<Record<string, Flag>>;
export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows `seaworthy NAME` in the usage line. */
  readonly operands: string;
  readonly flags: Flags;
  /** A few lines a newcomer can copy. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** Anything else worth a paragraph. */
  readonly notes?: readonly string[];
  run(call: Call): ExitCode | Promise<ExitCode>;
}

/** What a command is given: the world, as far as it may touch it. */
export interface Call {
  readonly cwd: string;
  readonly operands: readonly string[];
  readonly values: Values;
  readonly out: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readStdin: () => string;
}

export interface Terminal {
  write(text: string): void;
  warn(text: string): void;
  readonly width: number;
  readonly color: boolean;
  readonly unicode: boolean;
}

/** Flags that every command takes. */
export const commonFlags: Flags = {
  help: { type: 'boolean', short: 'h', help: 'Show this help' },
  color: {
    type: 'string',
    value: 'WHEN',
    oneOf: ['auto', 'always', 'never'],
    default: 'auto',
    help: 'Colour: on a terminal unless NO_COLOR is set',
  },
};

export function parseArgsOptions(flags: Flags): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      { type: flag.type, ...(flag.short ? { short: flag.short } : {}), ...(flag.multiple ? { multiple: true } : {}) },
    ]),
  );
}

export function texts(values: Values, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

export function oneText(values: Values, name: string): string | undefined {
  return texts(values, name).at(-1);
}

export function isOn(values: Values, name: string): boolean {
  return values[name] === true;
}
