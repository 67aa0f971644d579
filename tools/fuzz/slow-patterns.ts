import fs from 'node:fs';
import path from 'node:path';

export interface SlowPattern {
  readonly where: string;
  readonly pattern: string;
  /** What it is slow on: a beginning, then this many times, then an end. */
  readonly text: string;
  readonly ms: number;
}

/** On this many characters a pattern whose time grows with the length needs some tenth of a millisecond. */
const length = 12_000;
const limitMs = 25;

/** A literal as it stands in code; what a regular expression can tell, which is nearly all. */
const literal =
  /(?<![\w)\]"'`/*<])\/(?![*/])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[\s.,;)\]:?]|$)/g;

/**
 * Tries every pattern of a folder on long runs of what it is made of, and names those whose time grows with the square
 * of the length: `/\/+$/` begins anew at each of a million slashes. Where the text is bounded this does no harm, so it
 * is for a person to judge.
 */
export function* slowPatterns(folder: string): Generator<SlowPattern> {
  const seen = new Set<string>();
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.ts')) continue;
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    for (const match of text.matchAll(literal)) {
      const [, source = '', flags = ''] = match;
      if (!/[*+]|\{\d*,/.test(source) || seen.has(source)) continue;
      seen.add(source);
      // A sticky pattern is tried in one place only.
      const pattern = flags.includes('y') ? undefined : compiled(source, flags.replace('g', ''));
      const worst = pattern && worstOf(pattern);
      if (!worst || worst.ms < limitMs) continue;
      const line = text.slice(0, match.index).split('\n').length;
      yield { where: `${name}:${line}`, pattern: String(pattern), ...worst };
    }
  }
}

function compiled(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    // What looked like a pattern was none.
    return undefined;
  }
}

function worstOf(pattern: RegExp): { text: string; ms: number } {
  let worst = { text: '', ms: 0 };
  for (const [start, unit] of attacks(pattern.source))
    for (const end of ['\u0001', '\n\u0001x']) {
      const text = start + unit.repeat(Math.ceil(length / unit.length)) + end;
      const ms = Math.min(timeOf(pattern, text), limitMs * 100);
      // Once more, since others may have had the processor.
      const surely = ms < limitMs ? ms : Math.min(ms, timeOf(pattern, text));
      if (surely > worst.ms)
        worst = { text: `${JSON.stringify(start)} + ${JSON.stringify(unit)}… + ${JSON.stringify(end)}`, ms: surely };
      if (worst.ms > 10 * limitMs) return worst;
    }
  return worst;
}

function* attacks(source: string): Generator<readonly [start: string, unit: string]> {
  const own = [...new Set(source.replace(/\\[wdsbWDSB]|[\\^()|?]/g, ''))].filter((sign) => /[!-~]/.test(sign));
  const words = [...new Set(source.match(/[A-Za-z][\w-]+/g) ?? [])].slice(0, 8);
  const signs = [...new Set([...own.slice(0, 30), ...'aA0 \t-_./:=\'"\n,'])];
  const starts = ['', 'a', ...words.slice(0, 4).flatMap((word) => [word, `${word} `])];
  for (const start of starts) for (const sign of signs) yield [start, sign];
  const few = [...new Set([...own.slice(0, 12), ...'a0 /=.\n'])];
  for (const first of few) for (const second of few) if (first !== second) yield ['', first + second];
  for (const word of words) for (const after of ['', ' ', '=', ':', '\n']) yield ['', word + after];
}

function timeOf(pattern: RegExp, text: string): number {
  const started = performance.now();
  pattern.exec(text);
  return performance.now() - started;
}
