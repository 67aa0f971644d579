import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Commands } from './commands.ts';
import { type RunningLoad, runLoad } from './load/run-load.ts';
import type { Ask, LoadSpec, Said } from './protocol.ts';

/** Answers what is asked, one line each, until there is nothing more to read; resolves then. */
export async function serve(input: Readable, output: Writable, commands: Commands): Promise<void> {
  const loads = new Map<number, RunningLoad>();
  const say = (said: Said) => output.write(`${JSON.stringify(said)}\n`);
  const fail = (id: number, error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    say({ id, fault: { message, ...(code === undefined ? {} : { code }) } });
  };

  async function answer({ id, do: what, with: given }: Ask): Promise<void> {
    try {
      if (what === 'load') {
        // Only our own client asks, by the same type.
        const load = await runLoad(given[0] as LoadSpec);
        loads.set(id, load);
        say({ id, began: true });
        say({ id, ok: await load.result });
        loads.delete(id);
      } else if (what === 'stop') {
        loads.get(Number(given[0]))?.stop();
        say({ id });
      } else if (Object.hasOwn(commands, what)) {
        const command = commands[what as keyof Commands] as (...given: readonly unknown[]) => Promise<unknown>;
        say({ id, ok: await command(...given) });
      } else throw new Error(`nothing is called "${what}"`);
    } catch (error) {
      fail(id, error);
    }
  }

  say({ ready: { node: process.version } });
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const ask = askOf(line);
    if (ask) void answer(ask);
  }
}

/** Undefined for a line that is none of ours: what a person types who has attached. */
function askOf(line: string): Ask | undefined {
  try {
    const said: Partial<Ask> | null = JSON.parse(line);
    if (typeof said?.id !== 'number' || typeof said.do !== 'string' || !Array.isArray(said.with)) return undefined;
    return { id: said.id, do: said.do, with: said.with };
  } catch {
    return undefined;
  }
}
