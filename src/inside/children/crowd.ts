import { type ChildProcess, spawn } from 'node:child_process';
import { tell } from './told.ts';

/**
 * Starts processes until so many run, this one among them, or no more can be. Each is stopped as soon as it is there: a
 * process counts for the limit, and Node would bring some threads and 40 MB with it. Returns what ends them, and resolves
 * when they have ended: left behind, each would be a zombie of the container's first process.
 */
export function crowd(count: number): () => Promise<unknown> {
  const running: ChildProcess[] = [];
  let isEnding = false;
  const more = () => {
    const started = running.length + 1;
    if (isEnding || started >= count) return tell({ started });
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    child.on('error', () => tell({ started, refused: true }));
    if (child.pid === undefined) return;
    child.kill('SIGSTOP');
    running.push(child);
    if (started % 16 === 0) tell({ started });
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
