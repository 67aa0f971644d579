import { instructionTable } from './instruction-table.ts';
import type { DockerfileTree, Instruction } from './tree.ts';

/** The tree in the notation of BuildKit's `Node.Dump()`: one `(keyword ["--flag"] "argument" …)` a line. */
export function dumpDockerfile(tree: DockerfileTree): string {
  return tree.instructions.map((instruction) => `(${dumpInstruction(instruction)})`).join('\n');
}

function dumpInstruction(instruction: Instruction): string {
  const flags = instruction.flags.map(({ name, value }) =>
    quote(value === undefined ? `--${name}` : `--${name}=${value}`),
  );
  const head = instruction.written.toLowerCase() + (flags.length > 0 ? ` [${flags.join(' ')}]` : '');
  if (instruction.trigger) return `${head} (${dumpInstruction(instruction.trigger)})`;
  return [head, ...argumentsOf(instruction).map(quote)].join(' ');
}

function argumentsOf(instruction: Instruction): string[] {
  const { keyword, pairs, words } = instruction;
  switch (instructionTable.get(keyword)?.shape) {
    case undefined:
      // BuildKit's parser keeps one empty node of an instruction it does not know.
      return [''];
    case 'pairs':
      return pairs.flatMap((pair) => [pair.key, pair.value ?? '', pair.separator === '=' ? '=' : '']);
    case 'names':
      return pairs.map((pair) => (pair.value === undefined ? pair.key : `${pair.key}=${pair.value}`));
    default:
      return words.map((word) => word.text);
  }
}

const named: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/** Go's `strconv.Quote`: printable characters as they are, the rest escaped. */
function quote(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  const escaped = text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (char) => named[char] ?? escapeOf(char));
  return `"${escaped}"`;
}

function escapeOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
