import { drill } from '../../src/index.ts';
import type { DrillReport } from '../../src/vocabulary/drill.ts';
import type { Engine } from '../house/engine/engine.ts';
import { imagesNamedIn } from '../house/engine/images-named-in.ts';
import { standInFor } from '../house/engine/stand-ins.ts';
import type { Ship } from './fleet.ts';

/** Drills a ship; with its `crew`, the services beside the one it is about. */
export async function sail(
  engine: Engine,
  ship: Ship,
  options: { readonly only: readonly string[]; readonly crew: boolean },
): Promise<DrillReport> {
  const host = engine.env['DOCKER_HOST'];
  return drill(
    { directory: ship.folder },
    {
      env: {},
      engine: host === undefined ? {} : { host },
      ...(options.crew ? {} : { services: [ship.service] }),
      only: options.only,
    },
  );
}

/** Makes the images that they are built from, where the engine is one of the tests' own; one after another. */
export async function layKeels(engine: Engine, ships: readonly Ship[]): Promise<void> {
  const names = new Set(ships.flatMap(({ folder }) => [...imagesNamedIn(folder)]));
  for (const name of names) await standInFor(engine, name);
}
