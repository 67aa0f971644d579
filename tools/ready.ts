import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * `npm run ready`: everything that must hold before a change is done; CI runs the same. Steps that need nothing of
 * each other run side by side. A failed step shows its output; what needs it is skipped. The last line holds the
 * numbers of the tests. `-- --engine` sails every sinking ship and its sound twin (some 20 minutes) and not one pair for
 * each drill.
 */
interface Step {
  readonly name: string;
  /** A script of package.json and what follows it. */
  readonly script: readonly string[];
  readonly after?: readonly string[];
}

const root = path.dirname(import.meta.dirname);
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-ready-'));
const results = path.join(temporary, 'tests.json');

const steps: readonly Step[] = [
  { name: 'format', script: ['format:check'] },
  { name: 'lint', script: ['lint'] },
  { name: 'types', script: ['types'] },
  { name: 'generated files', script: ['generate:check'] },
  { name: 'build', script: ['build'] },
  // Arrows and rules are among the tests; those of the command line run what was built.
  {
    name: 'tests',
    script: ['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
    after: ['build'],
  },
  { name: 'package', script: ['package:check'], after: ['build'] },
];

const unknown = process.argv.slice(2).filter((argument) => argument !== '--engine');
if (unknown.length > 0) {
  process.stderr.write('usage: npm run ready [-- --engine]\n');
  process.exit(2);
}
if (process.argv.includes('--engine')) process.env['SEAWORTHY_SHIPS'] = 'own';

const began = Date.now();
const running = new Map<string, Promise<boolean>>();
for (const step of steps) running.set(step.name, start(step));
const outcomes = await Promise.all(running.values());

const { passed, failed } = testNumbers();
fs.rmSync(temporary, { recursive: true, force: true });
const good = outcomes.every(Boolean) && failed === 0 && passed > 0;
process.stdout.write(`${good ? 'ready' : 'NOT ready'} after ${seconds(began)}\n${passed} passed, ${failed} failed\n`);
process.exitCode = good ? 0 : 1;

async function start(step: Step): Promise<boolean> {
  const needs = await Promise.all((step.after ?? []).map((name) => running.get(name)));
  if (needs.includes(false)) {
    process.stdout.write(`${step.name.padEnd(18)} skipped: ${step.after?.join(', ')} failed\n`);
    return false;
  }
  const from = Date.now();
  const { code, output } = await run(step.script);
  process.stdout.write(`${step.name.padEnd(18)} ${code === 0 ? 'ok' : 'FAILED'} ${seconds(from)}\n`);
  if (code !== 0) process.stdout.write(indented(output, step));
  return code === 0;
}

function run(script: readonly string[]): Promise<{ code: number | null; output: string }> {
  // npm names itself to the scripts it runs; on Windows its command is no program that `spawn` could start.
  const npm = process.env['npm_execpath'];
  const command = ['run', '--silent', ...script];
  const child = npm
    ? spawn(process.execPath, [npm, ...command], { cwd: root })
    : spawn('npm', command, { cwd: root, shell: process.platform === 'win32' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

function indented(output: string, step: Step): string {
  const lines = output.trimEnd().split('\n');
  // What failed is told at the end.
  const left = lines.length - 200;
  const shown =
    left > 0 ? [`… ${left} lines before; npm run ${step.script[0]} shows them`, ...lines.slice(-200)] : lines;
  return `${shown.map((line) => `  ${line}`).join('\n')}\n`;
}

/** What vitest counted; nothing when the tests never ran. A file that fails to load holds no test, yet is a failure. */
function testNumbers(): { passed: number; failed: number } {
  if (!fs.existsSync(results)) return { passed: 0, failed: 0 };
  const found: {
    numPassedTests: number;
    numFailedTests: number;
    testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
  } = JSON.parse(fs.readFileSync(results, 'utf8'));
  const unloaded = found.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: found.numPassedTests, failed: found.numFailedTests + unloaded.length };
}

function seconds(from: number): string {
  return `${((Date.now() - from) / 1000).toFixed(1)} s`;
}
