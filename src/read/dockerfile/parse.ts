import { checkInstructions } from './check.ts';
import { DockerfileReader } from './reader.ts';
import type { DockerfileTree } from './tree.ts';

/**
 * Reads a Dockerfile as BuildKit's parser and instruction parser do, without losing a byte. Never throws: what BuildKit
 * refuses is a fault with `refused: true`, and reading goes on after it, so that one run shows all of them (BuildKit
 * stops at the first). Linear in the length of the text.
 */
export function parseDockerfile(text: string, file = 'Dockerfile'): DockerfileTree {
  const reader = new DockerfileReader(text, file);
  reader.read();
  const { pieces, instructions, comments, faults, zone } = reader;
  checkInstructions(instructions, faults);
  const { directives } = zone;
  return { file, text, escape: zone.escape, directives, pieces, instructions, comments, faults };
}

/** Codes of the faults BuildKit's first pass refuses a file for; all other refusals come from its second. */
export const parserFaultCodes: ReadonlySet<string> = new Set([
  'duplicate-directive',
  'invalid-escape-directive',
  'json-not-strings',
  'line-too-long',
  'missing-equals',
  'missing-value',
  'no-instructions',
  'unterminated-heredoc',
]);
