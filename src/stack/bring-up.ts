import type { Engine } from '../engine/engine.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { allOf } from './all-of.ts';
import { asFar } from './as-far.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import { imageReady } from './image-ready.ts';
import { makeContainer, tooOld } from './make-container.ts';
import { newerNetworkFeatures, withoutNewer } from './newer-features.ts';
import type { ServicePlan, StackPlan } from './plan.ts';
import { RunningStack } from './running-stack.ts';
import { called } from './wait-for.ts';

/**
 * Makes everything of the plan on the engine, and starts its services: each when those it depends on are as far as it
 * says, all others side by side. When it fails or is called off, all that it made is removed again before it rejects:
 * with `unsupported`, `engine-refused`, `dependency-failed` or `interrupted`.
 */
export async function bringUp(engine: Engine, plan: StackPlan, options: BringUpOptions = {}): Promise<RunningStack> {
  const stack = new RunningStack(engine, plan);
  try {
    await makeAll(stack, options);
    await startAll(stack, options);
    return stack;
  } catch (error) {
    // The first failure is the one to tell; what could not be removed here, the sweep of the run removes.
    await stack.down().catch((left: unknown) => options.onStep?.(`not all could be removed: ${left}`));
    if (!options.signal?.aborted) throw error;
    throw new SeaworthyError('interrupted', 'Starting the services was called off', { cause: error });
  }
}

async function makeAll(stack: RunningStack, options: BringUpOptions): Promise<void> {
  const { plan } = stack;
  await allOf([imagesOf(stack, options), networksAndVolumesOf(stack, options)]);
  const made = new Map<string, Promise<void>>();
  for (const service of plan.services) made.set(service.name, make(service));
  await allOf(made.values());

  /** After those it may refer to: their ids are part of the request. */
  async function make(service: ServicePlan): Promise<void> {
    await allOf(service.dependsOn.flatMap((dependency) => made.get(dependency.service) ?? []));
    for (const name of service.containerNames) {
      options.signal?.throwIfAborted();
      await makeContainer(stack, service, name, options);
    }
  }
}

/** One after another for builds of one image; two services of one image pull it once. */
async function imagesOf({ engine, plan }: RunningStack, options: BringUpOptions): Promise<void> {
  const ready = new Map<string, Promise<void>>();
  for (const service of plan.services) {
    const { name, platform } = service.image;
    const key = `${name} ${platform ?? ''}`;
    const before = ready.get(key);
    if (before && !service.image.build) continue;
    ready.set(
      key,
      before ? before.then(() => imageReady(engine, service, options)) : imageReady(engine, service, options),
    );
  }
  await allOf(ready.values());
}

async function networksAndVolumesOf(stack: RunningStack, options: BringUpOptions): Promise<void> {
  const { engine, plan } = stack;
  for (const network of plan.networks) {
    options.signal?.throwIfAborted();
    if (network.external) {
      if (!(await engine.inspectNetwork(network.name))) throw missing('network', network.name);
      continue;
    }
    const missed = tooOld(engine, network.key, options.onTooOld);
    await engine.createNetwork(
      network.name,
      withoutNewer(network.body, newerNetworkFeatures, engine.info.apiVersion, missed),
    );
    stack.networks.push(network.name);
  }
  for (const volume of plan.volumes) {
    options.signal?.throwIfAborted();
    if (volume.external) {
      if (!(await engine.inspectVolume(volume.name))) throw missing('volume', volume.name);
      continue;
    }
    await engine.createVolume(volume.name, volume.body);
    stack.volumes.push(volume.name);
  }
}

const missing = (kind: string, name: string) =>
  new SeaworthyError('engine-refused', `The external ${kind} "${name}" is not there`, {
    hint: `docker ${kind} create ${name}`,
  });

async function startAll(stack: RunningStack, options: BringUpOptions): Promise<void> {
  const held = new Set(options.held);
  for (const { name, dependsOn } of stack.plan.services)
    if (dependsOn.some(({ service }) => held.has(service))) held.add(name);
  const started = new Map<string, Promise<void>>();
  for (const service of stack.plan.services) if (!held.has(service.name)) started.set(service.name, start(service));
  await allOf(started.values());
  // Who starts a held one relies on what it depends on.
  for (const { name, dependsOn } of stack.plan.services)
    if (options.held?.includes(name))
      await allOf(
        dependsOn.filter(({ service }) => !held.has(service)).map((dependency) => asFar(stack, dependency, options)),
      );

  async function start(service: ServicePlan): Promise<void> {
    await allOf(
      service.dependsOn.map(async (dependency) => {
        await started.get(dependency.service);
        await asFar(stack, dependency, options);
      }),
    );
    options.signal?.throwIfAborted();
    options.onStep?.(`starting ${service.name}`);
    await called(stack.start(service.name), options.signal);
  }
}
