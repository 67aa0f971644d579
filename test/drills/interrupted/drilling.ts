import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../house/engine/engine.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the start, in seconds. */
  readonly seconds: number;
}

/** One `seaworthy drill` in a process of its own; what it says on standard error is kept. */
export class Drilling {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #said = '';

  /** `program`: the built `seaworthy.cjs`. */
  constructor(program: string, directory: string, engine: Pick<Engine, 'env'>, args: readonly string[]) {
    const began = performance.now();
    this.#child = spawn(process.execPath, [program, 'drill', '--format', 'json', ...args], {
      cwd: directory,
      env: { ...process.env, ...engine.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
    });
    this.ended = once(this.#child, 'close').then(([code, signal]) => ({
      code,
      signal,
      seconds: (performance.now() - began) / 1000,
    }));
  }

  send(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  get said(): string {
    return this.#said.trim();
  }

  /** Resolves when it is true; rejects with what was said when the run has ended first. */
  async until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isTrue())) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`it ended with ${this.#child.exitCode ?? this.#child.signalCode} before:\n${this.said}`);
      await sleep(50);
    }
  }
}
