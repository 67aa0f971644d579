import { contextFilesOf } from '../../stack/build-context-files.ts';
import { imageReady } from '../../stack/image-ready.ts';
import type { ServicePlan, StackPlan } from '../../stack/plan.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import type { Preparing } from './prepare-yard.ts';

/** Makes the images of services, each once, whoever asks. Rejects where one cannot be had. */
export function makerOfImages(preparing: Preparing, plan: StackPlan, refused: ReadonlyMap<string, string>) {
  const { engine, project, options, onEvent, signal } = preparing;
  const contextFiles = contextFilesOf(project);
  const making = new Map<string, Promise<void>>();
  return async (names: ReadonlySet<string>): Promise<void> => {
    for (const service of plan.services)
      if (names.has(service.name) && !refused.has(service.name) && !making.has(service.name))
        making.set(
          service.name,
          imageReady(engine, withArguments(service, options.buildArguments), {
            contextFiles,
            signal,
            onStep: (what) => onEvent({ type: 'setting-up', what }),
          }),
        );
    await Promise.all([...names].map((name) => making.get(name)));
  };
}

export interface Imageless {
  /** By service: why it goes without, in a line. */
  readonly services: ReadonlyMap<string, string>;
  /** All that was said of images that failed, by service. */
  readonly said: ReadonlyMap<string, string>;
}

/**
 * Services whose image, or that of one they need, cannot be had, and why: a registry that asks for a password, a build
 * that fails. The others are drilled all the same; where there are none, it throws what the engine said.
 */
export async function withoutImage(
  makeImages: (names: ReadonlySet<string>) => Promise<void>,
  drilled: ReadonlySet<string>,
  closures: ReadonlyMap<string, ReadonlySet<string>>,
  refused: ReadonlyMap<string, string>,
): Promise<Imageless> {
  const wanted = [...new Set([...drilled].flatMap((name) => [...(closures.get(name) ?? [])]))];
  const made = await Promise.allSettled(wanted.map((name) => makeImages(new Set([name]))));
  const failed = new Map<string, unknown>();
  for (const [index, one] of made.entries()) if (one.status === 'rejected') failed.set(wanted[index]!, one.reason);
  const [first] = failed.values();
  const without = new Map<string, string>();
  for (const [name, closure] of closures) {
    const lacking = failed.has(name) ? name : [...closure].find((one) => failed.has(one));
    if (lacking === undefined || refused.has(name)) continue;
    const why = `its image cannot be had: ${briefly(failed.get(lacking))}`;
    without.set(name, lacking === name ? why : `it needs "${lacking}", and ${why}`);
  }
  const isOver = [...failed.values()].some((error) => !isRefusal(error));
  const isLeft = [...drilled].some((name) => closures.has(name) && !without.has(name) && !refused.has(name));
  if (failed.size > 0 && (isOver || !isLeft)) throw first;
  return { services: without, said: new Map([...failed].map(([name, error]) => [name, messageOf(error)])) };
}

/** What the engine refuses, and not an engine that is gone, or a drill that is called off. */
const isRefusal = (error: unknown) =>
  error instanceof SeaworthyError && (error.code === 'engine-refused' || error.code === 'unsupported');

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const briefly = (error: unknown) => messageOf(error).split('\n')[0]!;

function withArguments(service: ServicePlan, extra: Readonly<Record<string, string>> | undefined): ServicePlan {
  const { build } = service.image;
  if (!build || !extra) return service;
  return { ...service, image: { ...service.image, build: { ...build, arguments: { ...extra, ...build.arguments } } } };
}
