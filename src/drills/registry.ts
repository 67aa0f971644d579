import { clock } from './clock.ts';
import { crashRestart } from './crash-restart.ts';
import type { Drill } from './drill.ts';
import { gracefulStop } from './graceful-stop.ts';
import { pid1 } from './pid-1.ts';

/** Every drill there is, in the order in which a reader would ask. */
export const allDrills: readonly Drill[] = [gracefulStop, pid1, crashRestart, clock];
