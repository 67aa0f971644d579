import { cpuLimit } from './cpu-limit.ts';
import { diskFull } from './disk-full.ts';
import type { Drill } from './drill.ts';
import { fdLimit } from './fd-limit.ts';
import { logFlood } from './log-flood.ts';
import { memoryLimit } from './memory-limit.ts';
import { pidsLimit } from './pids-limit.ts';

/** Every drill there is, in the order in which a reader would ask. */
export const allDrills: readonly Drill[] = [memoryLimit, cpuLimit, fdLimit, pidsLimit, diskFull, logFlood];
