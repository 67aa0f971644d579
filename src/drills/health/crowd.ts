import type { Lab, Subject } from '../lab.ts';

/**
 * Why times that were measured now are the machine's, not the service's: `46 processes want its 4 CPUs`. Undefined where
 * it has time enough, or cannot tell. Measured with 20 such loads on 4 CPUs: at 12 drills still judged right, at 45 a
 * sound service took 24 s to boot instead of 1.
 */
export async function crowdOf(lab: Lab): Promise<string | undefined> {
  const host = await lab.host();
  const [load, stat] = await Promise.all([host.read('/proc/loadavg', 200), host.read('/proc/stat', 65_536)]);
  return crowdFrom(load ?? '', stat ?? '');
}

/** More than four for each CPU: then who asks for one waits longer than it works. */
export function crowdFrom(load: string, stat: string): string | undefined {
  const wanting = Number.parseFloat(load);
  const cpus = stat.match(/^cpu\d/gm)?.length ?? 0;
  return cpus > 0 && wanting > 4 * cpus ? `${Math.round(wanting)} processes want its ${cpus} CPUs` : undefined;
}

/** What process 1 of a service had of the CPU since it began, in milliseconds. */
export interface CpuTimes {
  readonly usedMs: number;
  /** It was ready to run, and others had the CPU. What its own limit makes it wait is not counted: that is its own. */
  readonly hinderedMs: number;
}

/** Zeros where the kernel does not say (https://docs.kernel.org/scheduler/sched-stats.html). */
export async function cpuTimesOf(lab: Lab, subject: Subject): Promise<CpuTimes> {
  const { pid } = await subject.container.inspect();
  const text = await (await lab.host()).read(`/proc/${pid}/schedstat`, 200).catch(() => undefined);
  const [usedMs = 0, waitedMs = 0] = (text ?? '').split(' ').map((nanoseconds) => Number(nanoseconds) / 1e6 || 0);
  if (waitedMs === 0) return { usedMs, hinderedMs: 0 };
  // Waiting while throttled counts as waiting, too.
  const { throttledMs } = await subject.cgroup().catch(() => ({ throttledMs: Number.POSITIVE_INFINITY }));
  return { usedMs, hinderedMs: Math.max(0, waitedMs - throttledMs) };
}
