import { printBytes } from '../vocabulary/bytes.ts';
import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import type { ProcessSeen } from '../inside/protocol.ts';
import type { Lab, Subject, World } from './lab.ts';
import { askedMemory } from './memory/asked-memory.ts';
import { killLargest, largestOf } from './memory/child-kill.ts';
import { underOwnLoad } from './memory/own-load.ts';
import { answersAgain, endedHow, standingOf } from './standing.ts';

/** Memory at the limit: by the service's own work, then by a helper in its cgroup. */
export const memoryLimit: Drill = {
  id: 'memory-limit',
  claim: 'Its own work stays clear of its memory limit, and when the limit is reached it serves again by itself',
  why: 'A service that reaches its limit under load is killed by the kernel in the middle of its requests, again and again, and the log says nothing.',
  experiment:
    'Load with its own requests until memory stands still (16 to 48 s; where it does not, 48 s more at three times the rate). One without a port is watched as it works. Then a helper in its cgroup takes what is left up to the limit: at most the limit itself is ever used. Where its largest process, which the kernel takes first, is not process 1, that one is killed as well.',
  mission: ['DRL6', 'RUN5', 'RUN6'],
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/#memory',
    'https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 300,
  skip: (service) => (service.memoryLimit ? undefined : 'it has no memory limit'),
  async run(lab) {
    const world = await lab.world({ ready: false });
    const { subject } = world;
    const ready = await subject.ready();
    const limit = lab.service.memoryLimit?.value ?? 0;
    if (!ready.ok) return notReady(lab, subject, limit, ready.because);
    const asked = await askedMemory(lab.service, subject);
    const rest = (await subject.cgroup()).memoryBytes;
    const evidence: Evidence[] = [
      { name: 'memory limit', value: limit, unit: 'bytes' },
      { name: 'memory at rest', value: rest, unit: 'bytes' },
    ];
    if (asked) evidence.push({ name: `it may take by ${asked.name}`, value: asked.bytes, unit: 'bytes' });
    const early = await (await subject.inside()).processes();
    const own = await underOwnLoad(lab, subject, limit);
    evidence.push(...own.evidence);
    if (own.fault) return broke(own.fault, { evidence, advice: own.advice ?? [] });
    if (asked && asked.bytes >= limit)
      return broke(
        `By ${asked.name} it may take ${printBytes(asked.bytes)}, and its limit is ${printBytes(limit)}: the kernel kills it before it ever makes room by itself`,
        {
          evidence,
          advice: [
            `mem_limit: ${megabytes(asked.bytes * 1.33)}, or ${asked.name} of ${megabytes(limit * 0.75)} at most`,
          ],
        },
      );
    return atTheLimit(lab, world, { limit, evidence, peak: own.peak, early });
  },
};

async function notReady(lab: Lab, subject: Subject, limit: number, because: string | undefined): Promise<Told> {
  const { state, restarts } = await standingOf(subject);
  const kills = subject.events().filter(({ action }) => action === 'oom').length;
  const codes = subject.events().flatMap(({ action, exitCode }) => (action === 'die' ? [exitCode] : []));
  const heapError = /heap out of memory|OutOfMemoryError|MemoryError|Cannot allocate memory/i.test(
    await subject.container.logs({ tail: 50 }),
  );
  const evidence: Evidence[] = [
    { name: 'memory limit', value: limit, unit: 'bytes' },
    { name: 'kernel kills for memory', value: kills },
    { name: 'exit codes', value: codes.map(String) },
    { name: 'restarts', value: restarts },
  ];
  if (kills > 0 || state.oomKilled || (heapError && codes.length > 0))
    return broke(`It does not even start within ${printBytes(limit)}: ${endedHow(state)}`, {
      evidence,
      advice: [`mem_limit above ${printBytes(limit)}`],
    });
  lab.note(because ?? 'not ready', 'service');
  return inconclusive(`The service did not become ready: ${because ?? 'nobody knows why'}`, { evidence });
}

interface Known {
  readonly limit: number;
  readonly evidence: Evidence[];
  /** The most that its own work took. */
  readonly peak: number;
  /** What ran when it had become ready. */
  readonly early: readonly ProcessSeen[];
}

async function atTheLimit(lab: Lab, world: World, { limit, evidence, peak, early }: Known): Promise<Told> {
  const { subject } = world;
  lab.step('a helper in its cgroup takes the rest');
  const before = await standingOf(subject);
  const largest = await largestOf(subject, early);
  const host = await lab.host();
  const perSecond = Math.max(32 << 20, Math.round(limit / 4));
  let eaten: { readonly taken: number; readonly killed: boolean };
  try {
    eaten = await host.eatMemory(subject.container.id, limit + (64 << 20), perSecond);
  } finally {
    await host.release();
  }
  const after = await standingOf(subject);
  const survived = after.life === before.life && after.state.status === 'running';
  const again = await answersAgain(subject, (ms, isTrue) => lab.until(ms, isTrue), 60_000);
  const kills = subject.events().filter(({ action }) => action === 'oom').length;
  evidence.push(
    { name: 'taken by the helper', value: eaten.taken, unit: 'bytes' },
    { name: 'who was killed', value: survived ? (eaten.killed ? 'the helper' : 'nobody') : 'the service' },
    { name: 'oom events', value: kills },
    { name: 'answered again', value: again },
  );
  if (!eaten.killed && survived)
    return broke(
      `${printBytes(eaten.taken)} were taken beside it and nothing stopped that: its limit of ${printBytes(limit)} is not in force`,
      {
        evidence,
      },
    );
  if (!again)
    return broke(
      survived
        ? 'A child process was killed for memory, and the service has not answered since'
        : `At its limit it was ${endedHow(after.state)}, and it does not serve again`,
      { evidence, advice: survived ? [] : ['restart: unless-stopped'] },
    );
  const child = survived && largest ? await killLargest(lab, subject, largest) : undefined;
  evidence.push(...(child?.evidence ?? []));
  if (child?.fault !== undefined)
    return broke(child.fault, {
      evidence,
      advice: ['let process 1 end when a process that it needs has ended, so that its restart policy acts'],
    });
  const headroom = Math.round((1 - peak / limit) * 100);
  const what = survived
    ? child?.told || 'a process beside it was killed and it served on'
    : 'it was killed, restarted and served again';
  const under = (await subject.address()) ? 'Under its own load' : 'By its own work';
  return held(`${under} ${headroom} % of ${printBytes(limit)} stayed free; at the limit ${what}`, {
    evidence,
    advice: headroom < 10 ? [`mem_limit: ${megabytes(peak * 1.3)} would leave it room`] : [],
  });
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20 / 16) * 16}m`;
}
