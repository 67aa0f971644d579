import { type LoadOptions, loadComposeProject } from '../../src/model/compose/load.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import { mergeForComparison } from './compose-merge-only.ts';

/** A row of `compose-load.jsonl` or `compose-merge.jsonl`. */
export interface ComposeCase {
  readonly rule: string;
  readonly title?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expect: string;
  readonly message?: string;
  readonly options?: string;
  readonly order?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly golden?: { readonly yaml?: string };
}

export interface CaseOutcome {
  readonly agree: boolean;
  readonly expected: string;
  readonly got: string;
  readonly note?: string;
}

/** Loads or merges what the row says, and compares the outcome with what compose-go did. */
export function runComposeCase(row: ComposeCase): CaseOutcome {
  return row.rule === 'merge' || row.rule === 'unicity' ? mergeCase(row) : loadCase(row);
}

function loadCase(row: ComposeCase): CaseOutcome {
  const order = row.order ?? Object.keys(row.files).slice(0, 1);
  const project = loadComposeProject(memoryFiles(row.files), {
    files: order,
    env: row.env ?? {},
    skip: skipFlags(row),
  });
  const refused = project.faults.filter((fault) => fault.refused);
  const missing = refused.filter((fault) => fault.code === 'missing-file');
  const got = refused.length === 0 ? 'clean' : `catch: ${refused.map((fault) => fault.message).join(' | ')}`;
  const expected = row.expect === 'clean' ? 'clean' : `catch: ${row.message ?? ''}`;
  if (row.expect === 'clean') {
    if (refused.length === 0) return { agree: true, expected, got };
    // The tables do not carry every file that a case reads.
    const onlyMissing = missing.length === refused.length;
    return {
      agree: onlyMissing,
      expected,
      got,
      ...(onlyMissing ? { note: 'only files that the table does not carry are missing' } : {}),
    };
  }
  const same = refused.some((fault) => row.message?.includes(fault.message));
  return {
    agree: refused.length > 0,
    expected,
    got,
    ...(refused.length > 0 && !same ? { note: 'refused in other words' } : {}),
  };
}

function skipFlags({ options = '', title = '' }: ComposeCase): NonNullable<LoadOptions['skip']> {
  const on = (name: string) => options.includes(`${name}=true`);
  return {
    // `ParseYAMLFiles` ends before a project is made of what it merged.
    consistency: on('SkipConsistencyCheck') || title.startsWith('Parse YAMLFiles'),
    normalization: on('SkipNormalization'),
    validation: on('SkipValidation'),
    interpolation: on('SkipInterpolation'),
    extends: on('SkipExtends'),
    include: on('SkipInclude'),
    envFiles: on('SkipResolveEnvironment'),
    defaults: on('SkipDefaultValues'),
    pathResolution: options.includes('ResolvePaths=false'),
  };
}

function mergeCase(row: ComposeCase): CaseOutcome {
  const order = row.order ?? Object.keys(row.files);
  const texts = order.map((name) => row.files[name] ?? '');
  const golden = row.golden?.yaml ?? '';
  const merged = mergeForComparison(texts);
  const wanted = mergeForComparison([golden]);
  const agree =
    row.expect === 'clean'
      ? same(merged.tree, wanted.tree) || same(merged.canonical, wanted.canonical)
      : merged.refused.length > 0;
  const expected = row.expect === 'clean' ? JSON.stringify(wanted.tree) : `catch: ${row.message ?? ''}`;
  const got = merged.refused.length > 0 ? `catch: ${merged.refused.join(' | ')}` : JSON.stringify(merged.tree);
  return { agree: agree && (row.expect !== 'clean' || merged.refused.length === 0), expected, got };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** Keys in one order: the order of mappings means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
