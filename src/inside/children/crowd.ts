import { type ChildProcess, spawn } from 'node:child_process';
import { tell } from './told.ts';

/** How often is looked for a free place. */
const freeMs = 20;

/**
 * Starts processes until so many run, this one among them, or no more can be. Each is stopped as soon as it is there: a
 * process counts for the limit, and Node would bring some threads and 40 MB with it. Once refused, it takes whatever
 * becomes free, such as the place of a health probe that has ended: at its limit is where the service is to be seen.
 * Returns what ends them, and resolves when they have ended: left behind, each would be a zombie of the container's first
 * process.
 */
export function crowd(count: number): () => Promise<unknown> {
  const running: ChildProcess[] = [];
  let isEnding = false;
  let isRefused = false;
  const more = () => {
    const started = running.length + 1;
    if (isEnding || started >= count) return isRefused ? undefined : tell({ started });
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    child.on('error', () => {
      if (!isRefused) tell({ started, refused: true });
      isRefused = true;
    });
    if (child.pid === undefined) {
      setTimeout(more, freeMs);
      return;
    }
    child.kill('SIGSTOP');
    running.push(child);
    if (started % 16 === 0 && !isRefused) tell({ started });
    setImmediate(more);
  };
  more();
  return () => {
    isEnding = true;
    return Promise.all(
      running.map(
        (child) =>
          new Promise((resolve) => {
            child.once('exit', resolve);
            if (!child.kill('SIGKILL')) resolve(undefined);
          }),
      ),
    );
  };
}
