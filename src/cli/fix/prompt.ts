/** A question to the person at the terminal. */
export interface Prompt {
  /** The answer, trimmed and in small letters; undefined when no more answers will come. */
  ask(question: string): Promise<string | undefined>;
  close(): void;
}

/** Ctrl-C at a question: nothing is to be done at all. */
export class Interrupted extends Error {}

/**
 * Questions go to standard error, so that standard output holds only what was asked for. Undefined without a terminal:
 * nobody would answer, and a pipe that stays open would be waited for without end. `SEAWORTHY_TERMINAL=assume` takes
 * answers from a pipe all the same.
 */
export async function openPrompt(env: Readonly<Record<string, string | undefined>>): Promise<Prompt | undefined> {
  const assumed = env['SEAWORTHY_TERMINAL'] === 'assume';
  if (process.stdin.isTTY !== true && !assumed) return undefined;
  const { createInterface } = await import('node:readline');
  const reader = createInterface({
    input: process.stdin,
    output: process.stderr,
    terminal: process.stdin.isTTY === true,
  });
  let interrupt: (error: Interrupted) => void = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = reject;
  });
  // Heard at the next question, or at none.
  interrupted.catch(() => {});
  reader.on('SIGINT', () => interrupt(new Interrupted()));
  // The iterator keeps lines that came before they were asked for.
  const lines = reader[Symbol.asyncIterator]();
  return {
    async ask(question) {
      reader.setPrompt(question);
      reader.prompt();
      const next = await Promise.race([lines.next(), interrupted]);
      return next.done === true ? undefined : String(next.value).trim().toLowerCase();
    },
    close: () => reader.close(),
  };
}
