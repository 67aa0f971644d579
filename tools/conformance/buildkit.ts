import { detectSyntax } from '../../src/read/dockerfile/directives.ts';
import { dumpDockerfile } from '../../src/read/dockerfile/dump.ts';
import { expandWord } from '../../src/read/dockerfile/expand.ts';
import { parseJsonArgs } from '../../src/read/dockerfile/json-args.ts';
import { parseDockerfile, parserFaultCodes } from '../../src/read/dockerfile/parse.ts';
import { lexShell } from '../../src/read/dockerfile/shell-lexer.ts';

/** One row of the BuildKit tables: `buildkit-parser.jsonl` and `buildkit-shell.jsonl`. */
export interface BuildkitCase {
  readonly rule: string;
  readonly kind: string;
  readonly expect: 'clean' | 'catch';
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** A dump of the tree, or input and output of a smaller function; absent where only `expect` counts. */
  readonly golden?: string | SmallCase;
}

interface SmallCase {
  readonly in: string;
  readonly out: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly escape?: string;
}

export interface CaseOutcome {
  readonly agree: boolean;
  readonly expected: string;
  readonly got: string;
}

/** Decides by the shape of the row what to run: a dump, an expansion, a JSON array, or whether the file is refused. */
export function runBuildkitCase(row: BuildkitCase): CaseOutcome {
  if (typeof row.golden === 'object') return runSmall(row, row.golden);
  const [file = 'Dockerfile', text = ''] = Object.entries(row.files)[0] ?? [];
  const tree = parseDockerfile(text, file);
  if (row.golden !== undefined) return compare(row.golden.trim(), dumpDockerfile(tree).trim());
  // `parse` rows ran BuildKit's parser alone: it takes unknown instructions, which its second pass refuses.
  const parserOnly = row.rule === 'parse';
  const refused = tree.faults.filter((fault) => fault.refused && (!parserOnly || parserFaultCodes.has(fault.code)));
  const got = refused.length > 0 ? 'catch' : 'clean';
  const detail = refused.map((fault) => `${fault.code}: ${fault.message}`).join('; ');
  return { agree: got === row.expect, expected: row.expect, got: detail ? `${got} (${detail})` : got };
}

function runSmall(row: BuildkitCase, golden: SmallCase): CaseOutcome {
  const environment = golden.env ?? row.env ?? {};
  const env = (name: string): string | undefined => (Object.hasOwn(environment, name) ? environment[name] : undefined);
  const escapeChar = golden.escape ?? '\\';
  const input = golden.in;
  const expected = row.expect === 'catch' || golden.out === null ? 'error' : JSON.stringify(golden.out);
  if (row.rule.startsWith('json')) {
    const json = parseJsonArgs(input.trimStart());
    return compare(expected, json.kind === 'strings' ? JSON.stringify(json.values) : 'error');
  }
  if (row.rule.includes('syntax') || row.rule.includes('directive')) {
    return compare(expected, JSON.stringify(detectSyntax(input)?.image ?? ''));
  }
  if (row.rule === 'words' || Array.isArray(golden.out)) {
    const { words, error } = lexShell(input, env, escapeChar);
    return compare(expected, error === undefined ? JSON.stringify(words.map((word) => word.text)) : 'error');
  }
  const { text } = expandWord(input, env, escapeChar);
  return compare(expected, text === undefined ? 'error' : JSON.stringify(text));
}

function compare(expected: string, got: string): CaseOutcome {
  return { agree: expected === got, expected, got };
}
