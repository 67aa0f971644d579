import { beforeAll, describe, expect, test } from 'vitest';
import { askEngine } from '../house/engine/ask-engine.ts';
import type { Engine } from '../house/engine/engine.ts';
import { fleet } from './fleet.ts';
import { Harbour } from './harbour.ts';
import { layKeels } from './sail.ts';
import { isAsExpected, onePairEach, otherTrials, ownTrials, type Trial, tryOut } from './trial.ts';

/**
 * Ships that sink are found by the drill they are for, and their sound twins are left alone by it: one pair for each
 * drill, some minutes. `SEAWORTHY_SHIPS` sails more: `own` every ship with its drill, `all` besides every floating ship
 * with all drills (hours), `pid-1` those whose name or drill holds that text. `npm run ships` counts.
 */
const ships = fleet();
const wanted = process.env['SEAWORTHY_SHIPS'] ?? '';
const own = ownTrials(ships);
const trials = chosen();

function chosen(): readonly Trial[] {
  if (wanted === '') return onePairEach(own);
  if (wanted === 'own') return own;
  if (wanted === 'all') return [...own, ...otherTrials(ships)];
  return own.filter(({ ship, drill }) => `${drill} ${ship.name}`.includes(wanted));
}

const harbour = new Harbour(3);
let engine: Engine | undefined;

beforeAll(async () => {
  engine = trials.length > 0 ? await askEngine() : undefined;
  if (engine) await layKeels(engine, ships);
}, 900_000);

describe.skipIf(process.env['SEAWORTHY_ENGINE'] === 'none')('at sea', () => {
  for (const trial of trials)
    test.concurrent(`${trial.drill}: ${trial.ship.name}`, { timeout: 3_600_000 }, async ({ skip }) => {
      if (!engine) return skip('SEAWORTHY_ENGINE=none');
      expect(await fared(engine, trial)).toBe('as expected');
    });
});

/** A machine that is busy with other tests may keep a drill from telling: it is asked again. What it tells is final. */
async function fared(on: Engine, trial: Trial): Promise<string> {
  let said = '';
  for (let time = 0; time < 3; time++) {
    const tried = await tryOut(on, harbour, trial);
    if (isAsExpected(tried)) return 'as expected';
    said += `${tried.outcome} instead of ${trial.expects}: ${tried.summary}\n`;
    if (tried.outcome !== 'inconclusive') break;
  }
  return said;
}
