import { Listr, ListrLogger, type ListrTaskWrapper, ProcessOutput } from 'listr2';
import { Board, type Row } from './board.ts';
import type { Progress } from './progress.ts';

// biome-ignore lint/suspicious/noExplicitAny: the renderer's type is of no use to those who only set words
type Task = ListrTaskWrapper<unknown, any, any>;

/** Often enough to see that it lives, seldom enough not to be in the way of what is measured. */
const everyMs = 500;

/**
 * For a terminal: a line that tells what is set up; then one for each service, with what runs now and what broke so far.
 * It goes to standard error, so that the report alone can be redirected, and is gone when it ends.
 */
export function terminalProgress(): Progress {
  // When the terminal is closed (SIGHUP), writing to it fails with EIO; what was made is to be removed all the same.
  process.stderr.on('error', () => undefined);
  const board = new Board();
  const lines = new Map<string, (row: Row) => void>();
  const done: (() => void)[] = [];
  let note = '';
  let setWhat: ((what: string) => void) | undefined;
  let isEnding = false;
  let planned: () => void = () => {};
  const plannedOrEnded = new Promise<void>((resolve) => {
    planned = resolve;
  });

  const refresh = () => {
    setWhat?.(note === '' ? board.settingUp : note);
    for (const row of board.rows(performance.now())) lines.get(row.service)?.(row);
  };
  const shown = (async () => {
    await listOf([
      {
        title: 'Setting up',
        task: (_, task) =>
          new Promise<void>((resolve) => {
            setWhat = (what) => {
              task.output = what;
            };
            refresh();
            plannedOrEnded.then(() => {
              setWhat = undefined;
              resolve();
            });
          }),
      },
    ]).run();
    const rows = board.rows(performance.now());
    if (isEnding || rows.length === 0) return;
    await listOf(
      rows.map((row) => ({
        title: row.title,
        task: (_, task) =>
          new Promise<void>((resolve, reject) => {
            lines.set(row.service, (now) => {
              showRow(task, now, note);
              if (!now.isDone) return;
              // A task that has ended takes no more words.
              lines.delete(row.service);
              if (now.hasBroken) reject(new Error(now.title));
              else resolve();
            });
            done.push(resolve);
            refresh();
          }),
      })),
    ).run();
  })();
  const timer = setInterval(refresh, everyMs);

  return {
    event: (event) => {
      board.take(event, performance.now());
      if (event.type === 'planned') planned();
      refresh();
    },
    note: (text) => {
      note = text;
      refresh();
    },
    end: async () => {
      isEnding = true;
      clearInterval(timer);
      planned();
      lines.clear();
      for (const resolve of done) resolve();
      await shown;
    },
    abandon: () => {
      clearInterval(timer);
      // listr2 hides the cursor, and shows it again only when it ends; what is written to process.stderr it keeps.
      return '\n\u001B[?25h';
    },
  };
}

function showRow(task: Task, row: Row, note: string): void {
  task.title = note === '' ? row.title : `${row.title} (${note})`;
  task.output = row.lines.join('\n');
}

function listOf(tasks: ConstructorParameters<typeof Listr<unknown, 'default'>>[0]) {
  return new Listr<unknown, 'default'>(tasks, {
    concurrent: true,
    exitOnError: false,
    renderer: 'default',
    forceTTY: true,
    // Ours end the run properly; its own would leave everything behind.
    registerSignalListeners: false,
    rendererOptions: {
      clearOutput: true,
      collapseErrors: false,
      showErrorMessage: false,
      logger: new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) }),
    },
  });
}
