import { createHash } from 'node:crypto';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { SuppressedFinding, Verdict } from '../vocabulary/verdict.ts';

/** Findings that were there on the day it was written: `schema/baseline-1.schema.json`. */
export interface Baseline {
  readonly schemaVersion: 1;
  readonly findings: readonly BaselineEntry[];
}

/** A finding without its line number, which every edit above it moves. */
export interface BaselineEntry {
  readonly rule: string;
  readonly file: string;
  /** For whoever reads the file; only `fingerprint` counts. */
  readonly message: string;
  /** 32 hexadecimal digits, of rule, file, message and the text of the line (white space aside). */
  readonly fingerprint: string;
  /** How many findings look just like this one. */
  readonly count: number;
}

/** The text of a line (from 1) of a shown file, secrets masked. */
export type SourceLine = (file: string, line: number) => string | undefined;

/** The baseline of what a verdict found; what comments and configuration suppressed is not in it. */
export function baselineOf(verdict: Verdict, sourceLine: SourceLine): Baseline {
  const entries = new Map<string, BaselineEntry>();
  const old = (verdict.suppressed ?? []).filter(({ by }) => by === 'baseline');
  for (const finding of [...verdict.findings, ...old]) {
    const { rule, file, message } = finding;
    const fingerprint = fingerprintOf(finding, sourceLine);
    const count = (entries.get(fingerprint)?.count ?? 0) + 1;
    entries.set(fingerprint, { rule, file, message, fingerprint, count });
  }
  const key = (entry: BaselineEntry) => `${entry.file}\0${entry.rule}\0${entry.message}\0${entry.fingerprint}`;
  const findings = [...entries.values()].sort((first, second) => (key(first) < key(second) ? -1 : 1));
  return { schemaVersion: 1, findings };
}

/**
 * The verdict with known findings moved to `suppressed`: of each kind as many as the baseline counted, so that one more
 * of the same is new. Checklists stay: a fault that is known is still a fault.
 */
export function withBaseline(
  verdict: Verdict,
  baseline: Baseline,
  { sourceLine, name }: { readonly sourceLine: SourceLine; readonly name: string },
): Verdict {
  const left = new Map(baseline.findings.map(({ fingerprint, count }) => [fingerprint, count]));
  const findings: Finding[] = [];
  const known: SuppressedFinding[] = [];
  for (const finding of verdict.findings) {
    const fingerprint = fingerprintOf(finding, sourceLine);
    const count = left.get(fingerprint) ?? 0;
    if (count === 0) findings.push(finding);
    else {
      left.set(fingerprint, count - 1);
      known.push({ ...finding, by: 'baseline', at: name });
    }
  }
  return known.length === 0 ? verdict : { ...verdict, findings, suppressed: [...(verdict.suppressed ?? []), ...known] };
}

/** Reads a baseline. Throws `bad-config` for anything else. */
export function parseBaseline(text: string, name: string): Baseline {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (cause) {
    throw notOne(name, 'it is no JSON', cause);
  }
  if (!isRecord(read) || !Array.isArray(read['findings'])) throw notOne(name, 'it has no "findings"');
  if (read['schemaVersion'] !== 1)
    throw notOne(name, `its schemaVersion is ${JSON.stringify(read['schemaVersion'])?.slice(0, 20)}, not 1`);
  return { schemaVersion: 1, findings: read['findings'].map((entry) => entryFrom(entry, name)) };
}

function entryFrom(entry: unknown, name: string): BaselineEntry {
  if (!isRecord(entry)) throw notOne(name, 'an entry is no object');
  const { rule, file, message, fingerprint, count } = entry;
  if (
    typeof rule !== 'string' ||
    typeof file !== 'string' ||
    typeof message !== 'string' ||
    typeof fingerprint !== 'string' ||
    !/^[0-9a-f]{32}$/.test(fingerprint) ||
    typeof count !== 'number' ||
    !Number.isInteger(count) ||
    count < 1
  )
    throw notOne(name, 'an entry is not complete');
  return { rule, file, message, fingerprint, count };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notOne(name: string, why: string, cause?: unknown): SeaworthyError {
  return new SeaworthyError('bad-config', `${name} is no baseline: ${why}`, {
    hint: `Write it anew: seaworthy check --write-baseline ${name}`,
    cause,
  });
}

function fingerprintOf({ rule, file, span, message }: Finding, sourceLine: SourceLine): string {
  const line = (sourceLine(file, span.start.line) ?? '').replace(/\s+/g, ' ').trim();
  // A message may name another line: `already defined at line 7`.
  const said = message.replace(/\bline \d+/g, 'line');
  return createHash('sha256')
    .update(JSON.stringify([rule, file, line, said]))
    .digest('hex')
    .slice(0, 32);
}
