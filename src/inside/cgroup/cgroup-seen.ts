import fs from 'node:fs/promises';
import path from 'node:path';
import type { CgroupSeen } from '../protocol.ts';
import type { Cgroup } from './find-cgroup.ts';

/** What a cgroup has used and may use. What the kernel does not tell counts as nothing, or as null. */
export async function cgroupSeen(cgroup: Cgroup): Promise<CgroupSeen> {
  const read = async (controller: string, name: string) => {
    const folder = cgroup.folder(controller);
    return folder === undefined ? '' : fs.readFile(path.join(folder, name), 'utf8').catch(() => '');
  };
  return cgroup.version === 2 ? ofV2(read) : ofV1(read);
}

type Read = (controller: string, name: string) => Promise<string>;

/** https://docs.kernel.org/admin-guide/cgroup-v2.html */
async function ofV2(read: Read): Promise<CgroupSeen> {
  const [current, max, peak, stat, events, pids, pidsMax, cpu] = await Promise.all([
    read('memory', 'memory.current'),
    read('memory', 'memory.max'),
    read('memory', 'memory.peak'),
    read('memory', 'memory.stat'),
    read('memory', 'memory.events'),
    read('pids', 'pids.current'),
    read('pids', 'pids.max'),
    read('cpu', 'cpu.stat'),
  ]);
  return {
    version: 2,
    memoryBytes: Math.max(0, Number(current) - row(stat, 'inactive_file')),
    memoryLimit: limit(max),
    memoryPeak: limit(peak),
    oomKills: row(events, 'oom_kill'),
    pids: Number(pids),
    pidsLimit: limit(pidsMax),
    cpuUsageMs: row(cpu, 'usage_usec') / 1e3,
    periods: row(cpu, 'nr_periods'),
    throttledPeriods: row(cpu, 'nr_throttled'),
    throttledMs: row(cpu, 'throttled_usec') / 1e3,
  };
}

/** https://docs.kernel.org/admin-guide/cgroup-v1/ */
async function ofV1(read: Read): Promise<CgroupSeen> {
  const [current, max, peak, stat, oom, pids, pidsMax, usage, cpu] = await Promise.all([
    read('memory', 'memory.usage_in_bytes'),
    read('memory', 'memory.limit_in_bytes'),
    read('memory', 'memory.max_usage_in_bytes'),
    read('memory', 'memory.stat'),
    read('memory', 'memory.oom_control'),
    read('pids', 'pids.current'),
    read('pids', 'pids.max'),
    read('cpuacct', 'cpuacct.usage'),
    read('cpu', 'cpu.stat'),
  ]);
  return {
    version: 1,
    memoryBytes: Math.max(0, Number(current) - row(stat, 'total_inactive_file')),
    memoryLimit: limit(max),
    memoryPeak: limit(peak),
    oomKills: row(oom, 'oom_kill'),
    pids: Number(pids),
    pidsLimit: limit(pidsMax),
    cpuUsageMs: Number(usage) / 1e6,
    periods: row(cpu, 'nr_periods'),
    throttledPeriods: row(cpu, 'nr_throttled'),
    throttledMs: row(cpu, 'throttled_time') / 1e6,
  };
}

const row = (table: string, name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(table)?.[1] ?? 0);

/** `max`, or v1's largest number of whole pages, is none. */
function limit(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value < 2 ** 62 ? value : null;
}
