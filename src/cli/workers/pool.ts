import { Worker } from 'node:worker_threads';

export interface PoolOptions<Task, Answer> {
  /** The script of a worker, its arguments and its `workerData`. */
  readonly script: string;
  readonly argv: readonly string[];
  readonly data: unknown;
  readonly workers: number;
  readonly tasks: readonly Task[];
  /** What stands for the answer of a task whose worker ended before it gave one. */
  readonly lost: (task: Task, why: string) => Answer;
}

/**
 * Has workers do tasks, each the next one when it is done with its last, and gives the answers in the order of the
 * tasks. A worker that ends before its answer costs that one task; another takes its place. Always settles, whatever
 * workers do, short of one that runs for ever.
 */
export function runPool<Task, Answer>(options: PoolOptions<Task, Answer>): Promise<Answer[]> {
  const { tasks, lost } = options;
  const answers = new Array<Answer>(tasks.length);
  let next = 0;
  const one = (): Promise<void> =>
    new Promise((resolve) => {
      let current: number | undefined;
      let why = '';
      const worker = startWorker(options);
      const settle = () => {
        if (current !== undefined) answers[current] = lost(tasks[current] as Task, why);
        resolve();
      };
      const feed = () => {
        current = next < tasks.length ? next++ : undefined;
        if (current === undefined) void worker.terminate();
        else worker.postMessage(tasks[current]);
      };
      worker.on('message', (answer: Answer) => {
        if (current !== undefined) answers[current] = answer;
        feed();
      });
      worker.on('messageerror', (error: Error) => {
        why = error.message;
        void worker.terminate();
      });
      worker.on('error', (error: unknown) => {
        why = messageOf(error);
      });
      worker.on('exit', (code) => {
        why ||= `it ended with code ${code}`;
        settle();
      });
      feed();
    });
  // One whose worker has died begins anew while there is something to do.
  const lane = async (): Promise<void> => {
    while (next < tasks.length) await one();
  };
  return Promise.all(Array.from({ length: Math.min(options.workers, tasks.length) }, lane)).then(() => answers);
}

function startWorker({ script, argv, data }: Pick<PoolOptions<unknown, unknown>, 'script' | 'argv' | 'data'>): Worker {
  return new Worker(script, { argv: [...argv], workerData: data });
}

/** What is thrown in another thread arrives as a copy, and that of an exception of the platform as an empty object. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  return 'message' in error && typeof error.message === 'string' ? error.message : 'an error that cannot be shown';
}
