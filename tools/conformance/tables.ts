import fs from 'node:fs';
import path from 'node:path';
import type { Outcome, Row } from './row.ts';

type Run = (row: Row) => Outcome;

/** Which module speaks for which rows. Loaded when the first such row comes, so that one missing module stops only its own. */
const runners = {
  buildkit: ['./buildkit.ts', 'runBuildkitCase'],
  patternmatcher: ['./patternmatcher.ts', 'runPatternCase'],
  compose: ['./compose.ts', 'runComposeCase'],
  dotenv: ['./dotenv.ts', 'runDotenvCase'],
  substitute: ['./expand.ts', 'runSubstituteCase'],
} as const;
type Runner = keyof typeof runners;

/**
 * The peer decides before the kind, because `expand` is the kind of both BuildKit's and Compose's variables. Undefined
 * for rows nobody here can run.
 */
export function runnerOf(row: Row, table: string): Runner | undefined {
  const peer = row.peer ?? (table.startsWith('compose') ? 'compose-go' : table.split('-')[0]);
  if (peer === 'buildkit' || peer === 'patternmatcher') return peer;
  if (peer !== 'compose-go') return undefined;
  if (row.kind === 'dotenv' || row.rule === 'dotenv') return 'dotenv';
  if (row.kind === 'expand' || row.rule === 'substitute') return 'substitute';
  return row.kind?.startsWith('compose') ? 'compose' : undefined;
}

export interface Disagreement {
  readonly row: Row;
  readonly outcome: Outcome;
}

export interface TableResult {
  readonly name: string;
  readonly agree: number;
  readonly total: number;
  readonly disagreements: readonly Disagreement[];
  /** `peer/kind` of rows nobody can run; they count in `total`. */
  readonly unknown: readonly string[];
}

/** The tables of a directory: file name without extension, and path. */
export function tablesIn(directory: string): { name: string; file: string }[] {
  return fs
    .readdirSync(directory)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => ({ name: name.slice(0, -'.jsonl'.length), file: path.join(directory, name) }));
}

/** Runs every row. A row that crashes our code disagrees with the error as what we got, and the run goes on. */
export async function runTable(name: string, text: string): Promise<TableResult> {
  const disagreements: Disagreement[] = [];
  const unknown = new Set<string>();
  let agree = 0;
  let total = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    total++;
    const { row, outcome } = await runLine(name, line);
    if (outcome === undefined) unknown.add(`${row.peer ?? '?'}/${row.kind ?? '?'}`);
    else if (outcome.agree) agree++;
    else disagreements.push({ row, outcome });
  }
  return { name, agree, total, disagreements, unknown: [...unknown] };
}

async function runLine(table: string, line: string): Promise<{ row: Row; outcome: Outcome | undefined }> {
  const row = parseRow(line);
  if (!row) return { row: {}, outcome: { agree: false, expected: 'a JSON object', got: line.slice(0, 80) } };
  const runner = runnerOf(row, table);
  if (!runner) return { row, outcome: undefined };
  try {
    const run = await load(runner);
    return { row, outcome: run(row) };
  } catch (error) {
    const got =
      error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error);
    return { row, outcome: { agree: false, expected: row.expect ?? '', got: `crashed: ${got}` } };
  }
}

const loaded = new Map<Runner, Promise<Run>>();

function load(runner: Runner): Promise<Run> {
  const known = loaded.get(runner);
  if (known) return known;
  const [file, name] = runners[runner];
  const run = import(new URL(file, import.meta.url).href).then((module: Record<string, Run>) => {
    const found = module[name];
    if (!found) throw new Error(`${file} exports no ${name}`);
    return found;
  });
  loaded.set(runner, run);
  return run;
}

function parseRow(line: string): Row | undefined {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null ? row : undefined;
  } catch {
    return undefined;
  }
}
