import fs from 'node:fs';
import path from 'node:path';

/** A small project in a folder `test/rules/<area>/<rule>/<bad-…|good-…>/`, and what its rule must say of it. */
export interface RuleFixture {
  /** `compose/unbounded-logs` */
  readonly rule: string;
  /** `bad-default-driver` */
  readonly name: string;
  readonly directory: string;
  /** All its files but `expect.txt` and `expect.diff`, by path within the folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines of `expect.txt`; none for a good one. */
  readonly expected: readonly string[];
  /** Text of `expect.diff`: what `fix --review` makes of it; empty where this rule mends nothing here. */
  readonly mended: string;
}

/** The part of a finding that a fixture states. */
interface Expectable {
  readonly file: string;
  readonly span: { readonly start: { readonly line: number; readonly column: number } };
  readonly severity: string;
  readonly message: string;
}

/** `compose.yaml:4:3 high "db" keeps every log line forever` */
export function expectLine({ file, span, severity, message }: Expectable): string {
  return `${file}:${span.start.line}:${span.start.column} ${severity} ${message.replaceAll('\n', '\\n')}`;
}

/** The parts of such a line, or undefined when it is none. */
export function parseExpectLine(text: string) {
  const match = /^(.+?):(\d+):(\d+) (critical|high|medium|low) (.+)$/.exec(text);
  if (!match) return undefined;
  const [, file, line, column, severity, message] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { file, line: Number(line), column: Number(column), severity, message };
}

/** Every fixture folder, sorted; throws where a file lies in a place that no test would read. */
export function ruleFixtures(root: string): RuleFixture[] {
  const base = path.join(root, 'test/rules');
  const fixtures: RuleFixture[] = [];
  for (const area of folders(base))
    for (const rule of folders(path.join(base, area)))
      for (const name of folders(path.join(base, area, rule), 'all')) {
        if (!/^(?:bad|good)-[a-z0-9-]+$/.test(name))
          throw new Error(`test/rules/${area}/${rule}/${name}: a fixture is a folder named bad-… or good-…`);
        const directory = path.join(base, area, rule, name);
        const { 'expect.txt': expected = '', 'expect.diff': mended = '', ...files } = filesOf(directory);
        fixtures.push({
          rule: `${area}/${rule}`,
          name,
          directory,
          files,
          expected: expected.split('\n').filter(Boolean),
          mended,
        });
      }
  return fixtures;
}

function folders(directory: string, which: 'folders' | 'all' = 'folders'): string[] {
  if (!fs.existsSync(directory)) return [];
  const entries = fs.readdirSync(directory, { withFileTypes: true });
  return (which === 'all' ? entries : entries.filter((entry) => entry.isDirectory())).map(({ name }) => name).sort();
}

function filesOf(directory: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of fs.readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    files[path.relative(directory, file).replaceAll('\\', '/')] = fs.readFileSync(file, 'utf8');
  }
  return files;
}
