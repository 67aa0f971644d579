/**
 * `npm run conformance [-- DIR] [--json]`: runs tables of cases taken from Docker's own test suites against our readers
 * and loader. The tables are development data beside the checkout, never part of it. Exit code: 0 it ran (whatever the
 * figures), 2 misuse, 3 no tables.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Row } from './row.ts';
import { runTable, type TableResult, tablesIn } from './tables.ts';

const root = path.resolve(import.meta.dirname, '../..');
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const [given, ...more] = args.filter((arg) => arg !== '--json');
  if (more.length > 0 || given?.startsWith('-')) {
    console.error('Usage: npm run conformance [-- DIR] [--json]');
    return 2;
  }
  const directory = path.resolve(given ?? path.join(root, '../shared/conformance'));
  if (!fs.statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    console.error(`There is no directory ${directory}. Name the one that holds the tables (*.jsonl).`);
    return 3;
  }
  const tables = tablesIn(directory);
  if (tables.length === 0) {
    console.error(`No tables (*.jsonl) in ${directory}.`);
    return 3;
  }
  const results: TableResult[] = [];
  for (const { name, file } of tables) results.push(await runTable(name, fs.readFileSync(file, 'utf8')));
  console.log(json ? printJson(results) : results.map(printTable).join('\n'));
  return 0;
}

function printJson(results: readonly TableResult[]): string {
  const tables = Object.fromEntries(results.map(({ name, agree, total }) => [name, { agree, total }]));
  return JSON.stringify({ tables });
}

function printTable(result: TableResult): string {
  const lines = [`${result.name}: ${result.agree} of ${result.total} agree`];
  if (result.unknown.length > 0) lines.push(`  cannot run rows of kind ${result.unknown.join(', ')}`);
  for (const { row, outcome } of result.disagreements) {
    lines.push(`  ${row.id ?? '(no id)'}  ${row.title ?? ''}`);
    lines.push(`    input     ${short(inputOf(row))}`);
    lines.push(`    expected  ${short(outcome.expected)}`);
    lines.push(`    got       ${short(outcome.got)}`);
    if (outcome.note) lines.push(`    note      ${outcome.note}`);
  }
  return lines.join('\n');
}

function inputOf(row: Row): string {
  const files = Object.values(row.files ?? {});
  return files.length > 0 ? files.join('\n--\n') : JSON.stringify(row.golden ?? null);
}

function short(text: string): string {
  const line = JSON.stringify(text).slice(1, -1);
  return line.length <= 300 ? line : `${line.slice(0, 300)}… (${line.length} characters)`;
}
