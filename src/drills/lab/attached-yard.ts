import { attached } from './attached.ts';
import type { Yard } from './drill-lab.ts';
import type { Prepared, Preparing } from './prepare-yard.ts';
import { Starts } from './starts.ts';

/** For `--attach`: nothing is isolated, made or started, because nothing but looking is done. Says before what that is. */
export async function attachedYard(preparing: Preparing): Promise<Prepared> {
  const { engine, project, plan, options, onEvent } = preparing;
  const containers = await attached(engine, project, options.attach ?? []);
  for (const [service, { name }] of containers)
    onEvent({
      type: 'setting-up',
      what: `looking at ${name} (${service}) from a helper beside it: its processes and files are read, its health test is run, and it is sent a few GET requests; nothing of it is changed`,
    });
  const yard: Yard = {
    ...preparing,
    plan,
    whole: new Set(containers.keys()),
    makeImages: async () => undefined,
    closure: (service) => new Set([service]),
    copyFor: () => plan,
    furnish: async (copy) => copy,
    learnt: new Map(),
    starts: new Starts(),
    keep: undefined,
    attached: containers,
  };
  return { yard, refused: preparing.missing, imageless: new Set() };
}
