import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildCommandLine } from '../../tools/build/command-line.ts';
import { buildInside } from '../../tools/build/inside.ts';
import { parts } from '../../tools/build/parts.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Ran {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The program as users have it: built and bundled, in a directory of its own. */
export interface Program {
  /** What is run: `seaworthy.cjs`. */
  readonly file: string;
  /** An empty directory, removed with the program. */
  directory(files?: Readonly<Record<string, string>>): string;
  run(args: readonly string[], options?: RunOptions): Ran;
  /** The text of one of its files: `app.cjs`. */
  source(name: string): string;
  /** Through `/bin/sh`, which finds the program as `$SEAWORTHY`. */
  shell(script: string, cwd: string): Ran;
  /** Interrupted by this signal after it has started to wait for standard input. */
  interrupted(args: readonly string[], signal: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }>;
  remove(): void;
}

export async function buildProgram(): Promise<Program> {
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-cli-'));
  const out = path.join(temporary, 'dist');
  fs.mkdirSync(out);
  // What the bundle leaves out is found where an installed package has it.
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(temporary, 'node_modules'), 'dir');
  await buildCommandLine(path.join(root, 'src/cli/main.ts'), path.join(root, 'src/cli/launcher/launch.ts'), out, parts);
  await buildInside(path.join(root, 'src/inside/main.ts'), path.join(out, 'inside.cjs'));
  const file = path.join(out, 'seaworthy.cjs');
  // Scrubbed: what the developer's shell says must not decide a test.
  const base = { PATH: process.env['PATH'] ?? '', HOME: temporary, XDG_CACHE_HOME: path.join(temporary, 'cache') };
  const ran = ({ status, signal, stdout, stderr }: Ran): Ran => ({ status, signal, stdout, stderr });
  const limits = { encoding: 'utf8', timeout: 30_000, maxBuffer: 200 * 1024 * 1024 } as const;
  return {
    file,
    directory(files = {}) {
      const directory = fs.mkdtempSync(path.join(temporary, 'project-'));
      for (const [name, text] of Object.entries(files)) {
        const place = path.join(directory, name);
        fs.mkdirSync(path.dirname(place), { recursive: true });
        fs.writeFileSync(place, text);
      }
      return directory;
    },
    run(args, { cwd = temporary, input = '', env = {} } = {}) {
      return ran(spawnSync(process.execPath, [file, ...args], { ...limits, cwd, input, env: { ...base, ...env } }));
    },
    source: (name) => fs.readFileSync(path.join(out, name), 'utf8'),
    shell(script, cwd) {
      const env = { ...base, SEAWORTHY: `${process.execPath} ${file}` };
      return ran(spawnSync('/bin/sh', ['-c', script], { ...limits, cwd, env }));
    },
    interrupted(args, signal) {
      const child = spawn(process.execPath, [file, ...args], {
        cwd: temporary,
        env: base,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const timer = setTimeout(() => child.kill(signal), 600);
      return new Promise((resolve) => {
        child.on('exit', (code, ended) => {
          clearTimeout(timer);
          resolve({ code, signal: ended });
        });
      });
    },
    remove: () => fs.rmSync(temporary, { recursive: true, force: true }),
  };
}
