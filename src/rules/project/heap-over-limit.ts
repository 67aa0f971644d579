import type { Service } from '../../model/service.ts';
import { mainCommand } from '../../model/service-role.ts';
import { parseBytes, printBytes } from '../../vocabulary/bytes.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Rule } from '../rule.ts';

export const heapOverLimit: Rule = {
  id: 'project/heap-over-limit',
  summary: 'A heap that does not fit the memory limit',
  why: 'The runtime believes that it may grow further, so it does not collect in time, and the kernel kills the service in the busiest hour, without a log line.',
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/',
    'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
    'https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib',
    'https://redis.io/docs/latest/operate/oss_and_stack/management/config/',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN6'],
  aliases: [],
  drill: 'memory-limit',
  examples: { bad: 'bad-xmx', good: 'good-xmx' },
  service(service, report) {
    const limit = service.memoryLimit;
    if (!limit || limit.value <= 0) return;
    const shown = printBytes(limit.value);
    const related = [{ at: limit.span, message: `the limit of ${shown} is here` }];
    const texts = textsOf(service);
    const asks = texts.flatMap(asksIn);
    for (const { name, bytes, span } of asks) {
      if (bytes >= limit.value) {
        const message = `${name} lets "${service.name}" use ${printBytes(bytes)}, but it is killed at ${shown}`;
        report({ at: span, message, related });
      } else if (bytes > limit.value * crowdedShare) {
        const message = `${name} of "${service.name}" leaves ${printBytes(limit.value - bytes)} of ${shown} for everything else`;
        report({ at: span, message, related, severity: 'medium', confidence: 'likely' });
      }
    }
    for (const { text, span } of texts) {
      const share = Number(/-XX:MaxRAMPercentage=(\d+(?:\.\d+)?)/.exec(text)?.[1]);
      if (share > crowdedShare * 100) {
        const message = `MaxRAMPercentage=${share} of "${service.name}" leaves ${printBytes(Math.max(0, limit.value * (1 - share / 100)))} of ${shown} for everything else`;
        report({ at: span, message, related, severity: 'medium', confidence: 'likely' });
      }
    }
    const main = mainCommand(service.process.commands)?.name;
    if (main === 'node' && limit.value <= nodeFloor && !asks.some(({ name }) => name === nodeFlag)) {
      const message = `"${service.name}" has ${shown}, less than the heap Node.js takes by itself (about 259 MiB)`;
      report({ at: limit.span, message, severity: 'medium', confidence: 'likely' });
    }
    const workers = workersOf(service);
    if (workers && workers.count * workerBytes > limit.value) {
      const message = `${workers.count} workers of "${service.name}" do not fit in ${shown}`;
      report({ at: workers.span, message, related, severity: 'medium', confidence: 'guess' });
    }
  },
};

// Beside the heap a JVM needs metaspace, threads and buffers, Node its code and buffers: a fifth is the least advised.
const crowdedShare = 0.85;
// Measured with Node 20: in containers of 64 to 512 MiB V8 takes a limit of about 259 MiB.
const nodeFloor = 256 * 2 ** 20;
const nodeFlag = '--max-old-space-size';
// A Python worker that has loaded nothing but its framework.
const workerBytes = 40 * 2 ** 20;

interface Place {
  readonly text: string;
  readonly span: Span;
}

/** Arguments one by one, and variables whole. An option and its value in two words are put together. */
function textsOf(service: Service): Place[] {
  const found: Place[] = [];
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

interface Ask {
  readonly name: string;
  readonly bytes: number;
  readonly span: Span;
}

function asksIn({ text, span }: Place): Ask[] {
  const found: Ask[] = [];
  const add = (name: string, bytes: number | undefined) => {
    if (bytes !== undefined && bytes > 0) found.push({ name, bytes, span });
  };
  // The last -Xmx is the one that counts.
  const heap = [...text.matchAll(/(?:^|\s)-Xmx(\d+[kmgtKMGT]?)\b/g)].at(-1)?.[1];
  if (heap !== undefined) add('-Xmx', parseBytes(heap));
  const old = [...text.matchAll(/--max[-_]old[-_]space[-_]size[= ](\d+)/g)].at(-1)?.[1];
  if (old !== undefined) add(nodeFlag, Number(old) * 2 ** 20);
  const redis = /--maxmemory[= ](\d+(?:[kmg]b?)?)\b/i.exec(text)?.[1];
  if (redis !== undefined) add('maxmemory', parseBytes(redis));
  const buffers = /shared_buffers=(\d+(?:[kMGT]B)?)/.exec(text)?.[1];
  if (buffers !== undefined) add('shared_buffers', /\D/.test(buffers) ? parseBytes(buffers) : Number(buffers) * 8192);
  const pool = /--innodb[-_]buffer[-_]pool[-_]size[= ](\d+[kmg]?)\b/i.exec(text)?.[1];
  if (pool !== undefined) add('innodb-buffer-pool-size', parseBytes(pool));
  return found;
}

function workersOf(service: Service): { count: number; span: Span } | undefined {
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
