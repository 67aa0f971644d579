import type { Engine } from '../../engine/engine.ts';
import type { EngineEvents } from '../../engine/events.ts';
import { thisHost } from '../../engine/host-path.ts';
import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import type { ServicePlan, StackPlan } from '../../stack/plan.ts';
import type { DrillEvent, StandIn } from '../../vocabulary/drill.ts';
import type { DrillOptions } from '../drill-project.ts';
import { Furniture } from '../isolate/furniture.ts';
import { inWorld, neededBy } from '../isolate/in-world.ts';
import { isolate } from '../isolate/isolate.ts';
import { seedPairs, seedVolumes } from '../isolate/seed-volumes.ts';
import type { Yard } from './drill-lab.ts';
import type { Helpers } from './helpers.ts';
import { makerOfImages, withoutImage } from './making-images.ts';
import { Starts } from './starts.ts';

export interface Preparing {
  readonly engine: Engine;
  readonly engineEvents: EngineEvents;
  readonly helpers: Helpers;
  readonly helperImage: Promise<string>;
  readonly project: Project;
  readonly mask: Yard['mask'];
  readonly plan: StackPlan;
  /** Services that are not in the plan because they cannot be started as they are written, and why. */
  readonly missing: ReadonlyMap<string, string>;
  readonly services: readonly Service[];
  readonly options: DrillOptions;
  readonly onEvent: (event: DrillEvent) => void;
  readonly signal: AbortSignal;
  readonly unfinished: Set<Promise<unknown>>;
  /** Those that planning asked for. */
  readonly standIns: readonly StandIn[];
}

export interface Prepared {
  readonly yard: Yard;
  /** Services that cannot be started safely, and why. */
  readonly refused: ReadonlyMap<string, string>;
  /** Those of them whose image, or that of one they need, could not be had. */
  readonly imageless: ReadonlySet<string>;
}

/** Isolates the project, makes its images, and copies what it reads: all that worlds are made of. */
export async function prepareYard(preparing: Preparing): Promise<Prepared> {
  const { engine, project, onEvent } = preparing;
  const isolated = isolate(preparing.plan, project, {
    runId: engine.run.id,
    loggingDriver: engine.info.loggingDriver,
    isLocal: engine.isLocal,
    host: thisHost,
    missing: preparing.missing,
  });
  const furniture = new Furniture(engine, preparing.helperImage, isolated.copies);
  for (const standIn of isolated.standIns) onEvent({ type: 'standing-in', standIn });
  const closures = new Map(
    isolated.plan.services.map(({ name }) => [name, neededBy(isolated.plan, name, isolated.refused)]),
  );
  const makeImages = makerOfImages(preparing, isolated.plan, isolated.refused);
  const drilled = new Set(preparing.services.map(({ name }) => name));
  const imageless = await withoutImage(makeImages, drilled, closures, isolated.refused);
  preparing.signal.throwIfAborted();
  for (const [what, whole] of imageless.said) onEvent({ type: 'setting-up', what: `going without ${what}: ${whole}` });
  const refused = new Map([...isolated.refused, ...imageless.services]);
  const servers = project.services.filter(({ name, role }) => role.runs === 'server' && closures.has(name));
  const startable = servers.filter(({ name }) => [...(closures.get(name) ?? [])].every((one) => !refused.has(one)));
  const plan = { ...isolated.plan, services: isolated.plan.services.map(made) };
  const yard: Yard = {
    ...preparing,
    plan,
    whole: new Set(startable.flatMap(({ name }) => [...(closures.get(name) ?? [])])),
    makeImages,
    closure: (service) => closures.get(service) ?? new Set([service]),
    copyFor: (world, services) => inWorld(plan, world, services),
    furnish: async (copy, signal) => {
      const furnished = await furniture.furnish(copy, signal);
      if (preparing.options.seed)
        await seedVolumes(engine, await preparing.helperImage, seedPairs(preparing.plan, copy), signal);
      return furnished;
    },
    learnt: new Map(),
    starts: new Starts(),
    standIns: [...preparing.standIns, ...isolated.standIns],
    keep: undefined,
  };
  return { yard, refused, imageless: new Set(imageless.services.keys()) };
}

/** Its image is there now. */
function made(service: ServicePlan): ServicePlan {
  return { ...service, image: { ...service.image, pull: 'never', build: undefined } };
}
