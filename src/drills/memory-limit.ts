import { printBytes } from '../vocabulary/bytes.ts';
import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import type { ProcessSeen } from '../inside/protocol.ts';
import type { Lab, Subject, World } from './lab.ts';
import { killLargest } from './memory/child-kill.ts';
import { answersAgain, endedHow, standingOf } from './standing.ts';

/** Its own load lasts so many windows at most; it ends as soon as memory stands still. */
const windows = 12;
const windowSeconds = 4;

/** Memory at the limit: by the service's own work, then by a helper in its cgroup. */
export const memoryLimit: Drill = {
  id: 'memory-limit',
  claim: 'Its own work stays clear of its memory limit, and when the limit is reached it serves again by itself',
  why: 'A service that reaches its limit under load is killed by the kernel in the middle of its requests, again and again, and the log says nothing.',
  experiment:
    'Load with its own requests until memory stands still (16 to 48 s), then a helper in its cgroup takes what is left up to the limit: at most the limit itself is ever used. Where its largest process, which the kernel takes first, is not process 1, that one is killed as well.',
  mission: ['DRL6', 'RUN5', 'RUN6'],
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/#memory',
    'https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 240,
  skip: (service) => (service.memoryLimit ? undefined : 'it has no memory limit'),
  async run(lab) {
    const world = await lab.world({ ready: false });
    const { subject } = world;
    const ready = await subject.ready();
    const limit = lab.service.memoryLimit?.value ?? 0;
    if (!ready.ok) return notReady(lab, subject, limit, ready.because);
    const heap = await heapWish(subject);
    const rest = (await subject.cgroup()).memoryBytes;
    const evidence: Evidence[] = [
      { name: 'memory limit', value: limit, unit: 'bytes' },
      { name: 'memory at rest', value: rest, unit: 'bytes' },
    ];
    if (heap !== undefined) evidence.push({ name: 'largest heap it asks for', value: heap, unit: 'bytes' });
    const early = await (await subject.inside()).processes();
    const own = await underOwnLoad(lab, subject, limit);
    evidence.push(...own.evidence);
    if (own.fault) return broke(own.fault, { evidence, advice: own.advice ?? [] });
    if (heap !== undefined && heap > limit)
      return broke(
        `It may let its heap grow to ${printBytes(heap)}, and its limit is ${printBytes(limit)}: the kernel kills it before it ever collects`,
        { evidence, advice: [`mem_limit: ${megabytes(heap * 1.33)}, or a heap of ${megabytes(limit * 0.75)} at most`] },
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

interface Worked {
  readonly peak: number;
  readonly evidence: readonly Evidence[];
  readonly fault?: string;
  readonly advice?: readonly string[];
}

async function underOwnLoad(lab: Lab, subject: Subject, limit: number): Promise<Worked> {
  if (!(await subject.address())) return { peak: (await subject.cgroup()).memoryBytes, evidence: [] };
  lab.step('its own load, until memory stands still');
  const before = await standingOf(subject);
  const load = await subject.load({ seconds: windows * windowSeconds, rate: lab.settings.rate * 2 });
  const marks: number[] = [];
  let peak = 0;
  let life = before.life;
  try {
    for (let window = 0; window < windows; window++) {
      const seen: number[] = [];
      for (let tick = 0; tick < windowSeconds * 4; tick++) {
        await lab.wait(250);
        const { memoryBytes } = await subject.cgroup().catch(() => ({ memoryBytes: 0 }));
        seen.push(memoryBytes);
      }
      peak = Math.max(peak, ...seen);
      // The least of a window: what garbage collection leaves.
      marks.push(Math.min(...seen.filter((bytes) => bytes > 0)));
      life = (await standingOf(subject)).life;
      if (life !== before.life || standsStill(marks, limit)) break;
    }
  } finally {
    await load.stop();
  }
  const { total } = await load.result;
  const now = await standingOf(subject);
  const kills = subject.events().filter(({ action }) => action === 'oom').length;
  const evidence: Evidence[] = [
    { name: 'highest memory under its own load', value: peak, unit: 'bytes' },
    { name: 'headroom', value: Math.round((1 - peak / limit) * 100), unit: '%' },
    { name: 'memory left by collection, every 4 s', value: marks.map((bytes) => printBytes(bytes)) },
    { name: 'requests answered', value: total.answered },
    { name: 'kernel kills for memory', value: kills },
  ];
  const rate = lab.settings.rate * 2;
  if (now.life !== before.life || now.state.status !== 'running' || kills > 0) {
    const died = subject.events().findLast(({ action }) => action === 'die');
    const how =
      died?.exitCode === undefined
        ? endedHow(now.state)
        : endedHow({ ...now.state, exitCode: died.exitCode, oomKilled: kills > 0 });
    return {
      peak,
      evidence,
      fault: `Under ${rate} requests a second it reached its limit of ${printBytes(limit)} after ${total.answered} answers: ${how}`,
      advice: [`mem_limit above ${printBytes(limit)}, or less memory held per request`],
    };
  }
  if (marks.length === windows && grewAllTheTime(marks, limit)) {
    const perSecond = (marks.at(-1)! - marks[2]!) / ((windows - 3) * windowSeconds);
    return {
      peak,
      evidence,
      fault: `Under ${rate} requests a second its memory grew all the time, from ${printBytes(marks[0]!)} to ${printBytes(marks.at(-1)!)} in ${windows * windowSeconds} s: the limit is reached after about ${Math.round((limit - marks.at(-1)!) / perSecond)} s more`,
      advice: ['find what is kept after a request is answered'],
    };
  }
  return { peak, evidence };
}

/** Two windows in a row in which less than one hundredth of the limit was added. */
export function standsStill(marks: readonly number[], limit: number): boolean {
  if (marks.length < 4) return false;
  const [before, last, now] = marks.slice(-3) as [number, number, number];
  return now - last < limit / 100 && last - before < limit / 100;
}

/** Growth in nearly every window of the second half, and no sign that it slows down. */
export function grewAllTheTime(marks: readonly number[], limit: number): boolean {
  const half = marks.slice(Math.floor(marks.length / 2) - 1);
  const steps = half.slice(1).map((bytes, index) => bytes - half[index]!);
  const grew = steps.filter((step) => step > limit / 200).length;
  const early = marks[Math.floor(marks.length / 2)]! - marks[1]!;
  const late = half.at(-1)! - half[0]!;
  return grew >= steps.length - 1 && late > limit / 20 && late > early * 0.5;
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
  const child = survived ? await killLargest(lab, subject, early) : undefined;
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
  return held(`Under its own load ${headroom} % of ${printBytes(limit)} stayed free; at the limit ${what}`, {
    evidence,
    advice: headroom < 10 ? [`mem_limit: ${megabytes(peak * 1.3)} would leave it room`] : [],
  });
}

/** The largest heap that its command line or environment asks for, where one says so. Bytes. */
async function heapWish(subject: Subject): Promise<number | undefined> {
  try {
    const inside = await subject.inside();
    const wishes: number[] = [];
    for (const { pid, command } of await inside.processes()) {
      const words = [
        ...command,
        ...Object.entries(await inside.environment(pid)).flatMap(([name, value]) =>
          /^(?:NODE_OPTIONS|JAVA_TOOL_OPTIONS|JAVA_OPTS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/.test(name)
            ? value.split(/\s+/)
            : [],
        ),
      ];
      for (const word of words) {
        const heap = heapOf(word);
        if (heap !== undefined) wishes.push(heap);
      }
    }
    return wishes.length > 0 ? Math.max(...wishes) : undefined;
  } catch {
    return undefined;
  }
}

/** `--max-old-space-size=512` in MiB, `-Xmx2g`. */
export function heapOf(word: string): number | undefined {
  const v8 = /^--max[-_]old[-_]space[-_]size=(\d+)$/.exec(word);
  if (v8) return Number(v8[1]) * 2 ** 20;
  const java = /^-Xmx(\d+)([kmgt]?)$/i.exec(word);
  if (!java) return undefined;
  return Number(java[1]) * 1024 ** ' kmgt'.indexOf((java[2] || ' ').toLowerCase());
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20 / 16) * 16}m`;
}
