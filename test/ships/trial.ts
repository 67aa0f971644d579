import { allDrills } from '../../src/drills/registry.ts';
import type { DrillResult, Outcome } from '../../src/vocabulary/drill.ts';
import type { Engine } from '../house/engine/engine.ts';
import type { Ship } from './fleet.ts';
import type { Harbour, Room } from './harbour.ts';
import { sail } from './sail.ts';

/** One drill of one ship, and what it is to say. `no alarm`: anything but that it broke. */
export interface Trial {
  readonly ship: Ship;
  readonly drill: string;
  readonly expects: Outcome | 'no alarm';
}

export interface Tried {
  readonly trial: Trial;
  /** `skipped`: the drill says that it has nothing to do there. */
  readonly outcome: Outcome | 'skipped';
  readonly summary: string;
  /** Empty where it was skipped: one for the ship's service, and those of its crew. */
  readonly results: readonly DrillResult[];
}

/** Every ship that sinks with its own drill, its twin with that drill, and those of which nothing can be told. */
export function ownTrials(ships: readonly Ship[]): readonly Trial[] {
  return allDrills.flatMap(({ id }) => {
    const own = ships.filter(({ drill }) => drill === id);
    const twins = new Set(own.map(({ twin }) => twin));
    const untold = own.some(({ fate }) => fate === 'cannot-tell') ? id : 'every-drill';
    return ships.flatMap((ship): Trial[] => {
      const { fate, drill, name } = ship;
      if (fate === 'sinks') return drill === id ? [{ ship, drill: id, expects: 'broke' }] : [];
      if (fate === 'cannot-tell') return drill === untold ? [{ ship, drill: id, expects: 'inconclusive' }] : [];
      return drill === id || twins.has(name) ? [{ ship, drill: id, expects: 'held' }] : [];
    });
  });
}

/** Of each drill the first ship that sinks, and its twin: enough to see that it tells them apart. */
export function onePairEach(trials: readonly Trial[]): readonly Trial[] {
  return [...new Set(trials.map(({ drill }) => drill))].flatMap((id) => {
    const own = trials.filter(({ drill }) => drill === id);
    const sinking = own.find(({ expects }) => expects === 'broke');
    const twin = own.find(({ ship }) => ship.name === sinking?.ship.twin);
    return [sinking, twin].filter((trial) => trial !== undefined);
  });
}

/** Every ship that floats with all the drills that `ownTrials` does not try on it. */
export function otherTrials(ships: readonly Ship[]): readonly Trial[] {
  const own = new Set(ownTrials(ships).map(({ ship, drill }) => `${ship.name} ${drill}`));
  return ships
    .filter(({ fate }) => fate === 'floats')
    .flatMap((ship) => allDrills.map(({ id }): Trial => ({ ship, drill: id, expects: 'no alarm' })))
    .filter(({ ship, drill }) => !own.has(`${ship.name} ${drill}`));
}

/** Waits for its turn. An alarm by one of the crew is one as well. */
export async function tryOut(engine: Engine, harbour: Harbour, trial: Trial): Promise<Tried> {
  const { ship, drill } = trial;
  const crew = trial.expects === 'no alarm';
  const { drills, skipped } = await harbour.out(roomFor(drill), () => sail(engine, ship, { only: [drill], crew }));
  const own = drills.find(({ service }) => service === ship.service);
  const told = drills.find(({ outcome }) => crew && outcome === 'broke') ?? own;
  const because = skipped.map(({ service, because }) => `${service}: ${because}`).join('; ');
  return { trial, outcome: told?.outcome ?? 'skipped', summary: told?.summary ?? because, results: drills };
}

/** What counts requests bears one of its kind beside it; what measures time does not. */
function roomFor(drill: string): Room {
  if (drill === 'graceful-stop') return 'half';
  return allDrills.find(({ id }) => id === drill)?.company === 'any' ? 'berth' : 'alone';
}

export function isAsExpected({ trial, outcome }: Tried): boolean {
  if (trial.expects === 'no alarm') return outcome !== 'broke';
  // Those of which nothing can be told lack what some drills are about.
  if (trial.expects === 'inconclusive') return outcome === 'inconclusive' || outcome === 'skipped';
  return outcome === trial.expects;
}
