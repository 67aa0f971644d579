import type { Duplex } from 'node:stream';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Inside } from './client.ts';
import { InsideGone } from './inside-gone.ts';
import type { LoadResult, Said } from './protocol.ts';

export interface ConnectOptions {
  /** How long to wait for its first word; default 20,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** What it wrote to standard error, to be told when it has gone. */
  readonly err?: () => string;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  began?(): void;
}

/**
 * Talks to a helper over its standard input and output. Resolves when it has said that it is ready; rejects with an
 * `InsideGone` when it ends before, and with what `signal` says when it is called off.
 */
export async function connectInside(stream: Duplex, options: ConnectOptions = {}): Promise<Inside> {
  const { timeoutMs = 20_000, signal, err = () => '' } = options;
  const waiting = new Map<number, Waiting>();
  let gone: Error | undefined;
  let last = 0;
  let said = '';
  let isReady = (): void => {};
  let isLost: (why: Error) => void = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    isReady = resolve;
    isLost = reject;
  });
  // Whoever waits for it has it from below; nobody may.
  ready.catch(() => {});

  const lose = (why: string) => {
    if (gone) return;
    const words = err().trim().slice(-500);
    gone = new InsideGone(words === '' ? why : `${why}: ${words}`);
    isLost(gone);
    for (const one of waiting.values()) one.reject(gone);
    waiting.clear();
  };
  const hear = (line: string) => {
    const heard = saidOf(line);
    if (!heard) return;
    if ('ready' in heard) return isReady();
    const one = waiting.get(heard.id);
    if ('began' in heard) return one?.began?.();
    waiting.delete(heard.id);
    if ('fault' in heard) one?.reject(new SeaworthyError('engine-refused', `the helper: ${heard.fault.message}`));
    else one?.resolve(heard.ok);
  };
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = `${said}${text}`.split('\n');
    said = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
  stream.on('error', (error: Error) => lose(`the helper is gone (${error.message})`));
  for (const event of ['end', 'close']) stream.on(event, () => lose('the helper is gone'));

  function ask(what: string, given: readonly unknown[], began?: () => void): { id: number; answer: Promise<unknown> } {
    last += 1;
    const id = last;
    const answer = new Promise<unknown>((resolve, reject) => {
      if (gone) return reject(gone);
      waiting.set(id, { resolve, reject, ...(began ? { began } : {}) });
      const length = given.findLastIndex((one) => one !== undefined) + 1;
      stream.write(`${JSON.stringify({ id, do: what, with: given.slice(0, length) })}\n`);
    });
    return { id, answer };
  }
  /** The helper answers each of these by the same interface (`Commands`): what comes is of its type. */
  const command =
    <K extends Exclude<keyof Inside, 'load' | 'end' | 'toOurs'>>(name: K) =>
    (...given: Parameters<Inside[K]>): ReturnType<Inside[K]> =>
      ask(name, given).answer as ReturnType<Inside[K]>;

  const timer = setTimeout(() => lose(`the helper has not said a word in ${timeoutMs / 1000} s`), timeoutMs);
  const callOff = () => isLost(signal?.reason instanceof Error ? signal.reason : new InsideGone('called off'));
  signal?.addEventListener('abort', callOff, { once: true });
  if (signal?.aborted) callOff();
  try {
    await ready;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', callOff);
  }
  const asked = performance.now();
  const theirs = Number(await ask('clock', []).answer);
  const offset = (asked + performance.now()) / 2 - theirs;

  return {
    toOurs: (helperMs) => helperMs + offset,
    async load(spec) {
      let began = () => {};
      const running = new Promise<void>((resolve) => {
        began = resolve;
      });
      const { id, answer } = ask('load', [spec], () => began());
      const result = answer as Promise<LoadResult>;
      // It may fail while nobody waits for it yet.
      result.catch(() => {});
      await Promise.race([running, result]);
      return {
        result,
        async stop() {
          await ask('stop', [id]).answer;
          return result;
        },
      };
    },
    http: command('http'),
    reach: command('reach'),
    resolve: command('resolve'),
    processes: command('processes'),
    signal: command('signal'),
    awake: command('awake'),
    orphan: command('orphan'),
    listeners: command('listeners'),
    holders: command('holders'),
    block: command('block'),
    unblock: command('unblock'),
    cgroup: command('cgroup'),
    eatMemory: command('eatMemory'),
    crowd: command('crowd'),
    burn: command('burn'),
    release: command('release'),
    fill: command('fill'),
    remove: command('remove'),
    hold: command('hold'),
    write: command('write'),
    sizes: command('sizes'),
    weigh: command('weigh'),
    swell: command('swell'),
    read: command('read'),
    environment: command('environment'),
    raisingFiles: command('raisingFiles'),
    async end() {
      if (gone) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 2000);
        for (const event of ['end', 'close', 'error'])
          stream.once(event, () => {
            clearTimeout(timer);
            resolve();
          });
        stream.end();
      });
      stream.destroy();
      lose('the helper was ended');
    },
  };
}

function saidOf(line: string): Said | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const said: Said = JSON.parse(line);
    return said;
  } catch {
    return undefined;
  }
}
