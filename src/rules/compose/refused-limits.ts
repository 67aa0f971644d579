import { text } from '../../model/compose/tree-access.ts';
import type { Service } from '../../model/service.ts';
import { printBytes } from '../../vocabulary/bytes.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

// moby: daemon/daemon_unix.go, verifyPlatformContainerResources.
const leastMemory = 6 * 1024 * 1024;
// The kernel's least quota is 1 ms in a period of 100 ms.
const leastCpus = 0.01;

export const refusedLimits: Rule = {
  id: 'compose/refused-limits',
  summary: 'Limits that the engine refuses',
  why: 'Compose accepts the file and the engine then refuses the container, so the deployment stops halfway with the old one already gone.',
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/',
    'https://github.com/moby/moby/blob/v28.5.1/daemon/daemon_unix.go',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['RUN5'],
  aliases: [],
  drill: 'memory-limit',
  byHand: 'only you know which of the limits was meant',
  examples: { bad: 'bad-bytes', good: 'good-megabytes' },
  service(service, report) {
    if (!isContainer(service)) return;
    const { memoryLimit: limit, memoryReservation: reservation, cpuLimit } = service;
    const name = `"${service.name}"`;
    for (const [what, memory] of [
      ['limits', limit],
      ['reserves', reservation],
    ] as const)
      if (memory && memory.value < leastMemory)
        report({
          at: memory.span,
          message: `${name} ${what === 'limits' ? 'is limited to' : 'reserves'} ${printBytes(memory.value)} of memory, and the engine takes nothing below 6 MiB`,
        });
    if (limit && reservation && reservation.value > limit.value)
      report({
        at: reservation.span,
        message: `${name} reserves ${printBytes(reservation.value)} of memory, more than its limit of ${printBytes(limit.value)}`,
        related: [{ at: limit.span, message: 'the limit is here' }],
      });
    const swap = swapOf(service);
    // 0 is as if nothing were said, -1 is without limit.
    if (swap && swap.value > 0 && !limit)
      report({ at: swap.span, message: `${name} limits memory and swap together, and memory by itself not at all` });
    else if (swap && limit && swap.value > 0 && swap.value < limit.value)
      report({
        at: swap.span,
        message: `${name} has ${printBytes(swap.value)} of memory and swap together, less than its memory alone`,
        related: [{ at: limit.span, message: 'the limit of memory is here' }],
      });
    if (cpuLimit && cpuLimit.value < leastCpus)
      report({ at: cpuLimit.span, message: `${name} is limited to ${cpuLimit.value} CPUs, and 0.01 is the least` });
  },
};

function swapOf(service: Service) {
  const node = service.attribute('memswap_limit');
  const written = text(node);
  return node && written !== undefined && written !== '' ? { value: Number(written), span: node.span } : undefined;
}
