import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Cgroup } from '../cgroup/find-cgroup.ts';
import type { Told } from './told.ts';

/**
 * Processes of this same program that do harm in another's cgroup. They end with `release()`, and with the helper, however
 * that ends: their standard input ends then. (Nobody else would end them: the engine kills what is in the helper's
 * cgroup, which they have left.)
 */
export class Children {
  readonly #program: string;
  readonly #running = new Set<ChildProcess>();

  constructor(program: string) {
    this.#program = program;
  }

  /** Resolves when all is taken (and held), the child was killed, or nothing more could be had for 10 s. */
  async eatMemory(
    cgroup: Cgroup,
    bytes: number,
    perSecond: number,
  ): Promise<{ readonly taken: number; readonly killed: boolean }> {
    let taken = 0;
    const killed = await this.#start(['eat-memory', `${bytes}`, `${perSecond}`], cgroup, (told, done) => {
      if (told.taken !== undefined) taken = told.taken;
      if (taken >= bytes) done();
    });
    return { taken, killed };
  }

  async crowd(cgroup: Cgroup, count: number): Promise<{ readonly started: number; readonly refused: boolean }> {
    let [started, refused] = [0, false];
    await this.#start(['crowd', `${count}`], cgroup, (told, done) => {
      if (told.started !== undefined) started = told.started;
      if (told.refused) refused = true;
      if (refused || started >= count) done();
    });
    return { started, refused };
  }

  /** One child for each core, the last for what is left: 1.5 burn one and a half. */
  async burn(cgroup: Cgroup, cores: number): Promise<void> {
    const shares = Array.from({ length: Math.ceil(cores) }, (_, index) => Math.min(1, cores - index));
    await Promise.all(
      shares.map((share) =>
        this.#start(['burn', `${share}`], cgroup, (told, done) => {
          if (told.joined) done();
        }),
      ),
    );
  }

  async release(): Promise<void> {
    await Promise.all([...this.#running].map(end));
  }

  /** Runs a child until `hear` is done with it, it ends, or says nothing for 10 s. Resolves with whether it was killed. */
  #start(given: readonly string[], cgroup: Cgroup, hear: (told: Told, done: () => void) => void): Promise<boolean> {
    // A group of its own, so that what it starts can be ended with it.
    const child = spawn(process.execPath, [...lean, this.#program, 'child', ...given, ...cgroup.folders], {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      words = `${words}${text}`.slice(-2000);
    });
    // It may end while nobody has read what it was to be told.
    child.stdin.on('error', () => {});
    return new Promise((resolve, reject) => {
      let patience = setTimeout(() => {}, 0);
      const done = (killed = false) => {
        clearTimeout(patience);
        resolve(killed);
      };
      const wait = () => {
        clearTimeout(patience);
        patience = setTimeout(done, 10_000);
      };
      wait();
      child.on('error', reject);
      createInterface({ input: child.stdout }).on('line', (line) => {
        wait();
        const told: Told = JSON.parse(line);
        if (told.fault !== undefined) reject(new Error(told.fault));
        hear(told, () => done());
      });
      // `close`, not `exit`: what it has said is heard by then.
      child.on('close', (code, signal) => {
        this.#running.delete(child);
        // Killed for memory, it leaves behind what it has started.
        killGroup(child);
        if (code) reject(new Error(`the child ended with ${code}: ${words.trim()}`));
        done(signal === 'SIGKILL');
      });
    });
  }
}

/** Node's own threads count as processes of the cgroup, and its memory as the cgroup's: as few and as little as may be. */
const lean = ['--v8-pool-size=0', '--single-threaded-gc', '--max-semi-space-size=1'];

/** It is asked to, and has two seconds; its group is killed then, which may be stopped or starved of its core. */
function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => killGroup(child), 2000);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    child.stdin?.end();
  });
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
