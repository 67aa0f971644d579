import type { Drill } from './drill.ts';

/** Every drill there is, in the order in which a reader would ask. */
export const allDrills: readonly Drill[] = [];
