import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly seconds?: number;
  readonly input?: string;
}

/** Runs a program to its end, or to the end of its time; never throws. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: (options.seconds ?? 120) * 1000,
      killSignal: 'SIGKILL',
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => resolve({ code: null, out, err: `${err}${error.message}` }));
    child.on('close', (code, signal) =>
      resolve({ code, out, err: signal === null ? err : `${err}\n${command} was ended by ${signal}` }),
    );
  });
}

/** The same for what must go well: its output, or an error that shows the end of what it said. */
export async function mustRun(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, out, err } = await run(command, args, options);
  if (code === 0) return out;
  throw new Error(`${command} ${args.join(' ')}\nended with ${code}:\n${tail(err, 40)}\n${tail(out, 20)}`);
}

export function tail(text: string, lines: number): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
