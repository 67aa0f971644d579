import type { EndpointOptions } from '../engine/endpoint.ts';
import { Engine } from '../engine/engine.ts';
import type { EngineEvents } from '../engine/events.ts';
import { makeHelperImage } from '../engine/helper-image.ts';
import { endRun, label, newRun } from '../engine/labels.ts';
import { sweep } from '../engine/sweep.ts';
import { goneAway, watchEngine } from '../engine/watch-engine.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { DrillEvent, DrillReport, SkippedDrill } from '../vocabulary/drill.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { cleanUp } from './clean-up.ts';
import type { Drill } from './drill.ts';
import { drilledPlan } from './drilled-plan.ts';
import { attachedYard } from './lab/attached-yard.ts';
import { Helpers } from './lab/helpers.ts';
import { prepareYard } from './lab/prepare-yard.ts';
import { maskedError, maskedEvent, maskFor } from './masked.ts';
import { allDrills } from './registry.ts';
import { runDrills, tasksOf } from './run-drills.ts';
import { haltOf } from './stopping/halt.ts';

export interface DrillOptions {
  /** Names of services; all that run by default (no tools, no one-shots). */
  readonly services?: readonly string[];
  /** Ids of drills; all by default. */
  readonly only?: readonly string[];
  /** How often each is run; 1 by default. */
  readonly repeat?: number;
  /** Seconds for all of it; 1,800 by default. What has not begun by then is skipped, and said so. */
  readonly budgetSeconds?: number;
  /** Leave what was made, to be looked at; `seaworthy drill --sweep` removes it. */
  readonly keep?: boolean;
  /** Fill throwaway volumes with a copy of the real ones. */
  readonly seed?: boolean;
  /**
   * Names of running containers of the project. Nothing is started then: the drills that only look are run on these, from
   * a helper beside each, and all others are skipped.
   */
  readonly attach?: readonly string[];
  /** Build arguments beside those of the files: `HTTP_PROXY`. */
  readonly buildArguments?: Readonly<Record<string, string>>;
  /** Where the engine is; by default as the docker command finds it in `environment`. */
  readonly engine?: EndpointOptions;
  readonly onEvent?: (event: DrillEvent) => void;
  readonly signal?: AbortSignal;
}

/**
 * Proves on a live engine what of a project holds. Nothing real is touched: the project runs as a copy under names of its
 * own, with throwaway data, and all of it is removed in the end, also when it fails or is called off; what a killed run
 * left is removed by the next. Throws `engine-unreachable`, `unsupported`, `unknown-service`, `unknown-drill`, `interrupted`.
 */
export async function drillProject(project: Project, options: DrillOptions = {}): Promise<DrillReport> {
  const drills = drillsOf(options.only);
  const services = servicesOf(project, options.services);
  const startedAt = new Date();
  const began = performance.now();
  const mask = maskFor(project);
  const onEvent = (event: DrillEvent) => options.onEvent?.(maskedEvent(event, mask));
  const halt = haltOf(options.signal);
  const { signal } = halt;
  if (signal.aborted) throw signal.reason;
  const run = newRun({ keep: options.keep ?? false });
  const engine = await Engine.connect({ ...options.engine, run });
  const onLeft = (what: string) => onEvent({ type: 'left', what });
  const removed = await sweep(engine, 'dead', onLeft);
  if (removed > 0) onEvent({ type: 'cleaned-up', removed });
  const imageMaking = new AbortController();
  const image = makeHelperImage(engine, imageMaking.signal);
  image.catch(() => undefined);
  const helpers = new Helpers(engine, image);
  const unfinished = new Set<Promise<unknown>>();
  const watch = watchEngine(engine, halt.gone);
  let engineEvents: EngineEvents | undefined;
  try {
    engineEvents = await engine.events();
    watch.hear(engineEvents);
    const { plan, missing, standIns } = drilledPlan(project, services);
    for (const standIn of standIns) onEvent({ type: 'standing-in', standIn });
    const { yard, refused, imageless } = await (options.attach?.length ? attachedYard : prepareYard)({
      engine,
      engineEvents,
      helpers,
      helperImage: image,
      project,
      mask,
      plan,
      missing,
      services,
      options,
      onEvent,
      signal,
      unfinished,
      standIns,
    });
    const looked = yard.attached ? services.filter(({ name }) => yard.attached?.has(name)) : services;
    const { tasks, skipped } = tasksOf(drills, looked, project, { refused, imageless }, yard.attached !== undefined);
    onEvent({ type: 'planned', drills: tasks.map(({ drill, service }) => ({ id: drill.id, service: service.name })) });
    const repeat = options.repeat ?? 1;
    // Several at once would take what the next drill measures.
    const keep = options.keep ? (tasks.length * repeat === 1 ? 'running' : 'stopped') : undefined;
    const told = await runDrills({ ...yard, keep }, tasks, {
      repeat,
      budgetMs: (options.budgetSeconds ?? 1800) * 1000,
      sideBySide: Math.max(1, Math.min(4, engine.info.cpus)),
      signal,
      onEvent,
    });
    return {
      version: 1,
      project: plan.project,
      engine: { name: engine.info.name, version: engine.info.version, apiVersion: engine.info.apiVersion },
      startedAt: startedAt.toISOString(),
      seconds: Math.round((performance.now() - began) / 10) / 100,
      drills: told.results,
      skipped: [...skipped, ...told.skipped, ...(services.length === 0 ? unasked(project, drills) : [])],
      standIns: yard.standIns,
    };
  } catch (error) {
    // A call may notice before the watch does.
    if (isUnreachable(error) && !(await engine.answers(5000))) halt.gone(goneAway(engine, undefined, error));
    throw maskedError(signal.aborted ? signal.reason : error, mask);
  } finally {
    watch.end();
    engineEvents?.end();
    if (options.keep) await keepAll(engine, helpers, image, onEvent);
    else
      await cleanUp({
        engine,
        wasCalledOff: signal.aborted,
        isGone: halt.isGone,
        unfinished,
        image: { made: image, callOff: () => imageMaking.abort() },
        onLeft,
      });
    // Where something is left, the next run removes it, also one of this same process.
    endRun(run);
  }
}

const isUnreachable = (error: unknown) => error instanceof SeaworthyError && error.code === 'engine-unreachable';

/** Helpers are of no use without us. */
async function keepAll(
  engine: Engine,
  helpers: Helpers,
  image: Promise<string>,
  onEvent: (event: DrillEvent) => void,
): Promise<void> {
  await helpers.end();
  await image.then((name) => engine.images.remove(name)).catch(() => undefined);
  const all = await engine.ours().catch(() => []);
  const kept = all.filter(({ labels }) => labels[label.run] === engine.run.id);
  if (kept.length > 0) onEvent({ type: 'kept', run: engine.run.id, count: kept.length });
}

function drillsOf(only: readonly string[] | undefined): readonly Drill[] {
  if (!only?.length) return allDrills;
  return only.map((id) => {
    const found = allDrills.find((drill) => drill.id === id);
    if (!found)
      throw new SeaworthyError('unknown-drill', `there is no drill "${id}"`, {
        hint: `There are ${allDrills.map((drill) => drill.id).join(', ')}`,
      });
    return found;
  });
}

/** Where nothing goes on running: of each service why it was left out, so that nobody wonders. */
function unasked(project: Project, drills: readonly Drill[]): SkippedDrill[] {
  return project.services.flatMap(({ name, role }) =>
    drills.map(({ id }) => ({
      id,
      service: name,
      because: `it is no service that goes on running: ${role.because}; to drill it all the same, name it`,
      applies: false,
    })),
  );
}

/** Those that are named; else all that are to run and to go on running. */
function servicesOf(project: Project, names: readonly string[] | undefined): readonly Service[] {
  const all = project.services.filter(({ composeModel, name }) => !composeModel?.disabled.has(name));
  if (!names?.length) return all.filter(({ role }) => role.runs === 'server');
  return names.map((name) => {
    const found = project.services.find((service) => service.name === name);
    if (!found)
      throw new SeaworthyError('unknown-service', `the project has no service "${name}"`, {
        hint: `It has ${all.map((service) => service.name).join(', ')}`,
      });
    return found;
  });
}
