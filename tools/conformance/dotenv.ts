import { parseDotenv } from '../../src/read/dotenv.ts';
import type { Outcome, Row } from './row.ts';

/** compose-go's `dotenv`: the golden keys must have these values; a row without golden only says whether it is refused. */
export function runDotenvCase(row: Row): Outcome {
  const [file, text] = Object.entries(row.files ?? {})[0] ?? ['.env', ''];
  const lookup = (name: string) => row.env?.[name];
  const read = parseDotenv(text, file, lookup);
  const refused = read.faults.find((fault) => fault.refused);
  if (row.expect === 'catch') {
    const expected = `refused: ${row.message ?? ''}`;
    return { agree: refused !== undefined, expected, got: refused ? `refused: ${refused.message}` : 'accepted' };
  }
  const golden = Object.entries(row.golden ?? {});
  const expected = print(golden);
  if (refused) return { agree: false, expected, got: `refused: ${refused.message}` };

  const values = new Map(read.entries.map((entry) => [entry.key, entry.value ?? lookup(entry.key)]));
  const got = print(golden.map(([key]) => [key, values.get(key)]));
  if (got === expected) return { agree: true, expected, got };
  const elsewhere = golden.some(([key, value]) => value !== values.get(key) && value !== '' && !text.includes(value));
  const note =
    'the expected value stands nowhere in the file: the case preset it in an environment the row does not carry';
  return elsewhere ? { agree: false, expected, got, note } : { agree: false, expected, got };
}

function print(pairs: readonly (readonly [string, unknown])[]): string {
  return pairs.map(([key, value]) => `${key}=${value === undefined ? '(not set)' : JSON.stringify(value)}`).join(' ');
}
