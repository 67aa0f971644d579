import type { Readable } from 'node:stream';
import { field } from './endpoint.ts';

/** `GET /events`, of containers only. */
export interface EngineEvent {
  readonly container: string;
  /** The container's name. */
  readonly name: string;
  /** `start`, `die`, `oom`, `kill`, `health_status: healthy`, `restart` … */
  readonly action: string;
  /** Of `die`. */
  readonly exitCode: number | undefined;
  /** Of `kill`: the number. */
  readonly signal: number | undefined;
  /** Milliseconds since 1970, by the engine's clock. */
  readonly at: number;
}

/** Keeps what it hears, and tells those who listen. */
export class EngineEvents {
  readonly heard: EngineEvent[] = [];
  /** Resolves when the engine has ended the stream, or the way to it has: never when we did. */
  readonly lost: Promise<void>;
  readonly #stream: NodeJS.ReadableStream;
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  #isEnded = false;

  constructor(stream: NodeJS.ReadableStream) {
    this.#stream = stream;
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#hear(line);
    });
    this.lost = new Promise((resolve) => {
      const over = () => {
        if (!this.#isEnded) resolve();
      };
      for (const event of ['end', 'close', 'error']) stream.on(event, over);
    });
  }

  /** Returns a function that ends it. */
  listen(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  of(container: string): readonly EngineEvent[] {
    return this.heard.filter((event) => event.container === container);
  }

  end(): void {
    this.#isEnded = true;
    this.#listeners.clear();
    (this.#stream as Readable).destroy();
  }

  #hear(line: string): void {
    const event = eventFrom(line);
    if (!event) return;
    this.heard.push(event);
    for (const listener of this.#listeners) listener(event);
  }
}

function eventFrom(line: string): EngineEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const actor = field(value, 'Actor');
  const attributes = field(actor, 'Attributes');
  const number = (name: string) => {
    const text = field(attributes, name);
    return typeof text === 'string' && text !== '' ? Number(text) : undefined;
  };
  return {
    container: String(field(actor, 'ID') ?? ''),
    name: String(field(attributes, 'name') ?? ''),
    action: String(field(value, 'Action') ?? ''),
    // Podman says containerExitCode.
    exitCode: number('exitCode') ?? number('containerExitCode'),
    signal: number('signal'),
    at: Number(field(value, 'timeNano') ?? 0) / 1e6 || Number(field(value, 'time') ?? 0) * 1000,
  };
}
