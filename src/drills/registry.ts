import { clock } from './clock.ts';
import { cpuLimit } from './cpu-limit.ts';
import { crashRestart } from './crash-restart.ts';
import { diskFull } from './disk-full.ts';
import type { Drill } from './drill.ts';
import { fdLimit } from './fd-limit.ts';
import { gracefulStop } from './graceful-stop.ts';
import { logFlood } from './log-flood.ts';
import { memoryLimit } from './memory-limit.ts';
import { pid1 } from './pid-1.ts';
import { pidsLimit } from './pids-limit.ts';

/** Every drill there is, in the order in which a reader would ask. */
export const allDrills: readonly Drill[] = [
  gracefulStop,
  pid1,
  crashRestart,
  clock,
  memoryLimit,
  cpuLimit,
  fdLimit,
  pidsLimit,
  diskFull,
  logFlood,
];
