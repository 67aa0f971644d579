import type { StandIn } from '../../vocabulary/drill.ts';

/** Why something had to be invented; `isInvented` reads it. */
export const notThere = 'it is not there';
export const notToBeHad = 'it cannot be had here';

/** A text or a folder of ours, where the real one is missing: what reads it may well fail. */
export function isInvented({ used }: StandIn): boolean {
  return used.endsWith(`: ${notThere}`) || used.endsWith(`: ${notToBeHad}`);
}
