import { parseBytes } from '../vocabulary/bytes.ts';
import type { Span } from '../vocabulary/span.ts';
import type { Service } from './service.ts';
import { mainCommand } from './service-role.ts';

/** What a service's command line and environment say of the memory it will take. */

export interface MemoryText {
  readonly text: string;
  readonly span: Span;
}

/** Arguments one by one, and variables whole. An option and its value in two words are put together. */
export function memoryTexts(service: Service): MemoryText[] {
  const found: MemoryText[] = [];
  for (const command of service.process.commands)
    command.words.forEach((word, index) => {
      const next = command.words[index + 1]?.text ?? '';
      const paired = /^(?:--maxmemory|--innodb-buffer-pool-size|-c|--max[-_]old[-_]space[-_]size)$/.test(word.text);
      found.push({ text: paired ? `${word.text} ${next}` : word.text, span: word.span });
    });
  const wanted = /JAVA|JVM|_OPTS$|OPTS_|NODE_OPTIONS|HEAP|CATALINA|GRADLE|MAVEN|REDIS_(?:ARGS|EXTRA_FLAGS)|OPTIONS$/;
  for (const { name, value, span } of service.environment.values())
    if (value !== undefined && wanted.test(name)) found.push({ text: value, span });
  return found;
}

export interface MemoryWish {
  /** The option: `-Xmx`. */
  readonly name: string;
  readonly bytes: number;
}

export interface MemoryAsk extends MemoryWish {
  readonly span: Span;
}

export const memoryAsks = ({ text, span }: MemoryText): MemoryAsk[] => asksIn(text).map((ask) => ({ ...ask, span }));

export function asksIn(text: string): MemoryWish[] {
  const found: MemoryWish[] = [];
  const add = (name: string, bytes: number | undefined) => {
    if (bytes !== undefined && bytes > 0) found.push({ name, bytes });
  };
  // The last -Xmx is the one that counts.
  const heap = [...text.matchAll(/(?:^|\s)-Xmx(\d+[kmgtKMGT]?)\b/g)].at(-1)?.[1];
  if (heap !== undefined) add('-Xmx', parseBytes(heap));
  const old = [...text.matchAll(/--max[-_]old[-_]space[-_]size[= ](\d+)/g)].at(-1)?.[1];
  if (old !== undefined) add(nodeHeapFlag, Number(old) * 2 ** 20);
  const redis = /--maxmemory[= ](\d+(?:[kmg]b?)?)\b/i.exec(text)?.[1];
  if (redis !== undefined) add('maxmemory', parseBytes(redis));
  const buffers = /shared_buffers=(\d+(?:[kMGT]B)?)/.exec(text)?.[1];
  if (buffers !== undefined) add('shared_buffers', /\D/.test(buffers) ? parseBytes(buffers) : Number(buffers) * 8192);
  const pool = /--innodb[-_]buffer[-_]pool[-_]size[= ](\d+[kmg]?)\b/i.exec(text)?.[1];
  if (pool !== undefined) add('innodb-buffer-pool-size', parseBytes(pool));
  return found;
}

export const nodeHeapFlag = '--max-old-space-size';

/** Processes that gunicorn or uvicorn start. */
export function workersOf(service: Service): { count: number; span: Span } | undefined {
  const main = mainCommand(service.process.commands);
  if (main?.name !== 'gunicorn' && main?.name !== 'uvicorn') return undefined;
  for (const [index, word] of main.words.entries()) {
    const inline = /^(?:--workers=|-w)(\d+)$/.exec(word.text)?.[1];
    const next = word.text === '-w' || word.text === '--workers' ? main.words[index + 1]?.text : undefined;
    const count = Number(inline ?? next);
    if (Number.isInteger(count) && count > 0) return { count, span: word.span };
  }
  const variable = service.environment.get('WEB_CONCURRENCY');
  const count = Number(variable?.value);
  return variable && Number.isInteger(count) && count > 0 ? { count, span: variable.span } : undefined;
}
