import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../house/engine/engine.ts';
import { run, tail } from '../../house/engine/run.ts';
import { processes } from './processes.ts';

/** The daemon of a private engine: it can be killed, and started anew where it was (`private-engine.ts` says how). */
export class Daemon {
  readonly #engine: Engine;
  readonly #folder: string;
  readonly #keeper: number;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#folder = path.dirname(engine.env['DOCKER_HOST']?.replace('unix://', '') ?? '');
    const [daemon = 0] = this.#processes();
    this.#keeper = Number(/^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${daemon}/status`, 'utf8'))?.[1]);
  }

  /** To it and its containerd. Containers go on running when these are killed, as they do when a daemon crashes. */
  signal(signal: NodeJS.Signals): void {
    for (const pid of this.#processes()) process.kill(pid, signal);
  }

  async restart(): Promise<void> {
    const call = { env: { ...process.env, ...this.#engine.env }, seconds: 20 };
    const sockets = ['-H', this.#engine.env['DOCKER_HOST'] ?? '', '-H', 'unix:///run/docker.sock'];
    const log = path.join(this.#folder, 'log');
    // Now and then it does not find its containerd, and ends: several times in a row on a machine that is very busy.
    for (const until = Date.now() + 60_000; Date.now() < until; ) {
      fs.rmSync(path.join(this.#folder, 'docker.pid'), { force: true });
      const out = fs.openSync(log, 'a');
      const configuration = ['--config-file', path.join(this.#folder, 'daemon.json')];
      const namespaces = ['--target', String(this.#keeper), '--net', '--mount', '--pid'];
      const child = spawn('nsenter', [...namespaces, 'dockerd', ...sockets, ...configuration], {
        stdio: ['ignore', out, out],
      });
      child.unref();
      fs.closeSync(out);
      while (child.exitCode === null) {
        if ((await run(this.#engine.docker, ['version'], call)).code === 0) return;
        await sleep(100);
      }
      // One that was killed while it made a network panics at its start (20.10, `initNetworkController`).
      if (tail(fs.readFileSync(log, 'utf8'), 60).includes('initNetworkController'))
        fs.rmSync(path.join(this.#folder, 'data/network'), { recursive: true, force: true });
      await sleep(500);
    }
    throw new Error(`the daemon does not come back:\n${tail(fs.readFileSync(log, 'utf8'), 20)}`);
  }

  /** By our numbers: the daemon, then its containerd. */
  #processes(): number[] {
    const marks = [path.join(this.#folder, 'daemon.json'), path.join(this.#folder, 'exec/containerd/containerd.toml')];
    return marks.flatMap((mark) =>
      processes().flatMap(({ pid, command: [program = '', ...words] }) =>
        /(?:^|\/)(?:dockerd|containerd)$/.test(program) && words.includes(mark) ? [pid] : [],
      ),
    );
  }
}
