import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from '../../engine/container.ts';
import type { Engine, EngineInfo } from '../../engine/engine.ts';
import type { EngineEvents } from '../../engine/events.ts';
import type { Images } from '../../engine/images.ts';
import type { Inside } from '../../inside/client.ts';
import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import type { ServicePlan, StackPlan } from '../../stack/plan.ts';
import type { StandIn } from '../../vocabulary/drill.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import type { Lab, World, WorldOptions } from '../lab.ts';
import type { DrillSettings } from '../settings.ts';
import { settingsOf } from '../settings-of.ts';
import type { Helpers } from './helpers.ts';
import { Journal } from './journal.ts';
import { NotReady } from './not-ready.ts';
import type { Starts } from './starts.ts';
import type { LabSubject } from './subject.ts';
import { LabWorld } from './world.ts';

/** What all drills of a run share. */
export interface Yard {
  readonly engine: Engine;
  readonly engineEvents: EngineEvents;
  readonly helpers: Helpers;
  readonly project: Project;
  /** Takes the project's secrets out of what is told. */
  readonly mask: (text: string) => string;
  /** Isolated: no real data, no real ports. Its images are made. */
  readonly plan: StackPlan;
  /** Every service that is to run and to go on running, with what it needs; without those that cannot be started safely. */
  readonly whole: ReadonlySet<string>;
  /** Makes images that are not made yet: those of services that nobody drills. */
  readonly makeImages: (services: ReadonlySet<string>) => Promise<void>;
  /** The services that one needs to run, itself among them. */
  readonly closure: (service: string) => ReadonlySet<string>;
  /** A copy under names of its own, with its throwaway data in place. */
  readonly copyFor: (world: string, services: ReadonlySet<string>) => StackPlan;
  /** Puts its copies in place; the plan comes back as this engine can start it. */
  readonly furnish: (world: StackPlan, signal: AbortSignal) => Promise<StackPlan>;
  /** Containers that run already, by service (`--attach`): worlds are these, and nothing is started. */
  readonly attached?: ReadonlyMap<string, Container>;
  /** Drills that were called off and have not noticed yet. */
  readonly unfinished: Set<Promise<unknown>>;
  /** With `--keep`: how worlds are left that a drill has not ended itself. */
  readonly keep: 'running' | 'stopped' | undefined;
  /** What was learnt of how services are asked, by name. */
  readonly learnt: Map<string, DrillSettings>;
  readonly starts: Starts;
  /** What stands in for something real. */
  readonly standIns: readonly StandIn[];
}

let worlds = 0;

/** The lab of one drill of one service; see `Lab`. */
export class DrillLab implements Lab {
  readonly project: Project;
  readonly service: Service;
  readonly plan: ServicePlan;
  settings: DrillSettings;
  readonly engine: EngineInfo;
  readonly signal: AbortSignal;
  readonly cpus: number;
  readonly isAttached: boolean;
  readonly journal = new Journal();
  /** Milliseconds spent in waits that could not be saved. */
  waitedMs = 0;
  readonly #yard: Yard;
  readonly #say: (what: string) => void;
  readonly #worlds = new Set<LabWorld>();
  readonly #apart: Inside[] = [];
  readonly #networks: string[] = [];

  constructor(yard: Yard, service: Service, signal: AbortSignal, say: (what: string) => void) {
    this.#yard = yard;
    this.#say = say;
    this.project = yard.project;
    this.engine = yard.engine.info;
    this.service = service;
    this.signal = signal;
    const plan = yard.plan.services.find(({ name }) => name === service.name);
    if (!plan) throw new SeaworthyError('unknown-service', `there is no service "${service.name}" to drill`);
    this.plan = plan;
    this.settings = yard.learnt.get(service.name) ?? settingsOf(service, yard.project);
    this.cpus = yard.engine.info.cpus;
    this.isAttached = yard.attached !== undefined;
  }

  async world(options: WorldOptions = {}): Promise<World> {
    this.signal.throwIfAborted();
    this.#yard.starts.throwIfHopeless(this.service.name);
    const name = `seaworthy-${this.#yard.engine.run.id}-${++worlds}`;
    const closure = this.#yard.closure(this.service.name);
    const services = options.whole ? new Set([...this.#yard.whole, ...closure]) : closure;
    if (options.whole) await this.#yard.makeImages(services);
    let plan = this.#yard.copyFor(name, services);
    const { change, changeStack } = options;
    if (change)
      plan = { ...plan, services: plan.services.map((one) => (one.name === this.service.name ? change(one) : one)) };
    if (changeStack) plan = changeStack(plan);
    if (!this.#yard.attached) plan = await this.#yard.furnish(plan, this.signal);
    const settings = new Map(this.#yard.project.services.map((service) => [service.name, service]));
    const starting = LabWorld.start({
      engine: this.#yard.engine,
      engineEvents: this.#yard.engineEvents,
      helpers: this.#yard.helpers,
      journal: this.journal,
      plan,
      subject: this.service.name,
      settings: (service) => {
        const found = settings.get(service);
        return found && service !== this.service.name ? settingsOf(found, this.#yard.project) : this.settings;
      },
      isHeld: options.held ?? false,
      attached: this.#yard.attached?.get(this.service.name),
      signal: this.signal,
      onStep: this.#say,
      onReady: (subject) => this.#learn(subject),
    });
    // What a drill has changed on purpose may well fail to start.
    const world = await (changeStack ? starting : this.#yard.starts.watch(this.service.name, starting));
    this.#worlds.add(world);
    const { id } = world.subject.container;
    for (const event of this.#yard.engineEvents.of(id)) this.journal.engineSaid(event);
    this.#yard.engineEvents.listen((event) => {
      if (event.container === id) this.journal.engineSaid(event);
    });
    if ((options.ready ?? true) && !options.held) {
      const ready = await world.subject.ready();
      if (!ready.ok) throw new NotReady(ready.because ?? 'nobody knows why');
    }
    return {
      subject: world.subject,
      others: world.others,
      outside: () => world.outside(),
      end: () => this.#end(world),
    };
  }

  /** Once for each service of a run. */
  async #learn(subject: LabSubject): Promise<void> {
    const { learnt } = this.#yard;
    const known = learnt.get(this.service.name);
    // Two copies may be well at the same moment, and the first has not told yet.
    if (known) subject.knows(known);
    this.settings = known ?? (await subject.learn());
    learnt.set(this.service.name, this.settings);
  }

  host(): Promise<Inside> {
    return this.#yard.helpers.host();
  }

  get images(): Images {
    return this.#yard.engine.images;
  }

  async apart(network: 'open' | 'internal'): Promise<Inside> {
    this.signal.throwIfAborted();
    const name = `seaworthy-${this.#yard.engine.run.id}-${network}-${++worlds}`;
    this.#networks.push(name);
    await this.#yard.engine.createNetwork(name, { Driver: 'bridge', Internal: network === 'internal' });
    const helper = await this.#yard.helpers.outside([name]);
    this.#apart.push(helper);
    return helper;
  }

  step(what: string): void {
    this.#say(what);
    this.note(what);
  }

  note(what: string, by: 'drill' | 'engine' | 'service' = 'drill'): void {
    this.journal.note(what, by);
  }

  waited(ms: number): void {
    this.waitedMs += ms;
  }

  async wait(ms: number): Promise<void> {
    this.waited(ms);
    await sleep(ms, undefined, { signal: this.signal });
  }

  async until(ms: number, isTrue: () => Promise<boolean> | boolean, everyMs = 100): Promise<boolean> {
    const began = performance.now();
    for (;;) {
      this.signal.throwIfAborted();
      if (await isTrue()) return true;
      if (performance.now() - began > ms) return false;
      await sleep(everyMs, undefined, { signal: this.signal });
    }
  }

  /** Removes every world that is still there, or leaves it to be looked at. */
  async clear(): Promise<void> {
    const { keep } = this.#yard;
    await Promise.allSettled([
      ...[...this.#worlds].map((world) => (keep ? world.leave(keep) : this.#end(world))),
      ...this.#apart.splice(0).map((helper) => helper.end()),
    ]);
    await Promise.allSettled(this.#networks.splice(0).map((name) => this.#yard.engine.removeNetwork(name)));
  }

  async #end(world: LabWorld): Promise<void> {
    if (!this.#worlds.delete(world)) return;
    await world.end();
  }
}
