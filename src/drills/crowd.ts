import type { Lab, Subject } from './lab.ts';

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

/**
 * Milliseconds that its process 1 was ready to run and others had the CPU. What its own CPU limit makes it wait counts as
 * well in schedstat, and is taken off: that is the service's own. 0 where the kernel does not say
 * (https://docs.kernel.org/scheduler/sched-stats.html).
 */
export async function hinderedMs(lab: Lab, subject: Subject): Promise<number> {
  const { pid } = await subject.container.inspect();
  const text = await (await lab.host()).read(`/proc/${pid}/schedstat`, 200).catch(() => undefined);
  const waitedMs = Number(/^\d+ (\d+)/.exec(text ?? '')?.[1] ?? 0) / 1e6;
  if (waitedMs === 0) return 0;
  const { throttledMs } = await subject.cgroup().catch(() => ({ throttledMs: Number.POSITIVE_INFINITY }));
  return Math.max(0, waitedMs - throttledMs);
}
