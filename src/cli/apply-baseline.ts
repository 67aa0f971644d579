import fs from 'node:fs';
import path from 'node:path';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import { type Call, oneText } from './command.ts';
import type { Judged } from './judge-operands.ts';

/** `--baseline` and `--write-baseline`; both in one call bring a baseline up to date. */
export async function applyBaseline(call: Call, judged: Judged): Promise<Verdict> {
  const known = oneText(call.values, 'baseline');
  const written = oneText(call.values, 'write-baseline');
  if (known === undefined && written === undefined) return judged.verdict;
  const { baselineOf, parseBaseline, withBaseline } = await import('../judge/baseline.ts');
  const { sourceLine } = judged;
  // Read before it is written: it may be one file.
  const baseline = known === undefined ? undefined : parseBaseline(read(call.cwd, known), known);
  if (written !== undefined) {
    if (judged.verdict.failures.length === 0)
      write(call.cwd, written, `${JSON.stringify(baselineOf(judged.verdict, sourceLine), null, 2)}\n`);
    else call.out.warn(`seaworthy: a rule failed, so ${written} was not written\n`);
  }
  return baseline === undefined
    ? judged.verdict
    : withBaseline(judged.verdict, baseline, { sourceLine, name: known ?? '' });
}

function read(cwd: string, name: string): string {
  try {
    return fs.readFileSync(path.resolve(cwd, name), 'utf8');
  } catch (cause) {
    throw new SeaworthyError('bad-config', `The baseline "${name}" cannot be read`, {
      hint: `Write one: seaworthy check --write-baseline ${name}`,
      cause,
    });
  }
}

function write(cwd: string, name: string, text: string): void {
  try {
    fs.writeFileSync(path.resolve(cwd, name), text);
  } catch (cause) {
    throw new SeaworthyError('bad-config', `The baseline "${name}" cannot be written`, {
      hint: 'Check the path.',
      cause,
    });
  }
}
