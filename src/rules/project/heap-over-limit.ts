import { memoryAsks, memoryTexts, nodeHeapFlag, workersOf } from '../../model/memory-asks.ts';
import { mainCommand } from '../../model/service-role.ts';
import { printBytes } from '../../vocabulary/bytes.ts';
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
  byHand: 'only you know whether the heap is too large or the limit too small',
  examples: { bad: 'bad-xmx', good: 'good-xmx' },
  service(service, report) {
    const limit = service.memoryLimit;
    if (!limit || limit.value <= 0) return;
    const shown = printBytes(limit.value);
    const related = [{ at: limit.span, message: `the limit of ${shown} is here` }];
    const texts = memoryTexts(service);
    const asks = texts.flatMap(memoryAsks);
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
    if (main === 'node' && limit.value <= nodeFloor && !asks.some(({ name }) => name === nodeHeapFlag)) {
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
// A Python worker that has loaded nothing but its framework.
const workerBytes = 40 * 2 ** 20;
