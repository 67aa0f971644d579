import type { Lab } from '../lab.ts';

/**
 * How much longer than usual things may take on the engine's machine, by how many processes want each of its CPUs: 1 on one
 * that keeps up, 5 at most. What is late on a busy machine is not laid to the service.
 */
export async function machineSlack(lab: Lab): Promise<number> {
  const host = await lab.host();
  const [load = '', stat = ''] = await Promise.all([
    host.read('/proc/loadavg', 200),
    // Counters of every interrupt come after the CPUs.
    host.read('/proc/stat', 64 * 1024),
  ]);
  return slackFrom(load, stat);
}

/** From the texts of /proc/loadavg (`0.20 0.18 0.12 1/80 11206`) and /proc/stat. */
export function slackFrom(load: string, stat: string): number {
  const [, minute = '0', running = '0'] = /^([\d.]+) \S+ \S+ (\d+)\//.exec(load) ?? [];
  const cpus = stat.match(/^cpu\d+ /gm)?.length ?? 1;
  const wanting = Math.max(Number(minute), Number(running));
  return Math.min(5, Math.max(1, wanting / cpus));
}
