import { interpolate } from '../../src/read/compose-template.ts';
import { field, type Outcome, type Row } from './row.ts';

/** compose-go's `template.Substitute`: `golden.in` with `env` gives `golden.out`, or is refused with `message`. */
export function runSubstituteCase(row: Row): Outcome {
  const template = String(field(row.golden, 'in') ?? '');
  const result = interpolate(template, (name) => row.env?.[name]);
  const got = result.error ? `refused: ${result.error.message}` : result.text;
  if (row.expect === 'catch') {
    // Ours quotes less of an invalid template than the peer does: it may hold a secret.
    const invalid = result.error?.kind === 'invalid' && row.message?.startsWith('Invalid template');
    const agree = invalid || (result.error?.message.includes(row.message ?? '') ?? false);
    return { agree, expected: `refused: ${row.message ?? ''}`, got };
  }
  const expected = String(field(row.golden, 'out') ?? '');
  return { agree: !result.error && result.text === expected, expected, got };
}
