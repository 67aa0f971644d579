import type { Container } from '../../engine/container.ts';
import type { Engine } from '../../engine/engine.ts';
import type { EngineEvents } from '../../engine/events.ts';
import type { Inside } from '../../inside/client.ts';
import { bringUp } from '../../stack/bring-up.ts';
import type { ServicePlan, StackPlan } from '../../stack/plan.ts';
import type { RunningStack } from '../../stack/running-stack.ts';
import type { World } from '../lab.ts';
import type { DrillSettings } from '../settings.ts';
import type { Helpers } from './helpers.ts';
import type { Journal } from './journal.ts';
import { LabSubject } from './subject.ts';

export interface WorldParts {
  readonly engine: Engine;
  readonly engineEvents: EngineEvents;
  readonly helpers: Helpers;
  readonly journal: Journal;
  readonly plan: StackPlan;
  /** The service under test. */
  readonly subject: string;
  readonly settings: (service: string) => DrillSettings;
  readonly isHeld: boolean;
  /** A container that is there already, to be looked at; nothing is started then. */
  readonly attached: Container | undefined;
  readonly signal: AbortSignal;
  readonly onStep: (what: string) => void;
  /** Whenever the service under test was found ready. */
  readonly onReady: (subject: LabSubject) => Promise<void>;
}

/** A stack that runs, with helpers that are started when they are first asked for. */
export class LabWorld implements World {
  readonly subject: LabSubject;
  readonly others: ReadonlyMap<string, LabSubject>;
  readonly #stack: Pick<RunningStack, 'containersOf' | 'down'>;
  readonly #isAttached: boolean;
  readonly #helpers: Helpers;
  readonly #networks: readonly string[];
  #outside: Promise<Inside> | undefined;

  private constructor(parts: WorldParts, stack: Pick<RunningStack, 'containersOf' | 'down'>) {
    this.#stack = stack;
    this.#isAttached = parts.attached !== undefined;
    this.#helpers = parts.helpers;
    const subjects = new Map<string, LabSubject>();
    for (const plan of parts.plan.services) {
      const container = stack.containersOf(plan.name)[0];
      if (container) subjects.set(plan.name, this.#subjectOf(plan, container, parts, subjects));
    }
    this.subject = subjects.get(parts.subject)!;
    subjects.delete(parts.subject);
    this.others = subjects;
    const owner = sharedNetwork(this.subject.plan);
    const joined = (owner === undefined ? this.subject : (subjects.get(owner) ?? this.subject)).plan;
    this.#networks = joined.networks.map(({ name }) => name);
  }

  static async start(parts: WorldParts): Promise<LabWorld> {
    const { attached } = parts;
    if (attached)
      return new LabWorld(parts, {
        containersOf: (service) => (service === parts.subject ? [attached] : []),
        down: async () => undefined,
      });
    const stack = await bringUp(parts.engine, parts.plan, {
      probeOurselves: true,
      ...(parts.isHeld ? { held: [parts.subject] } : {}),
      signal: parts.signal,
      onStep: parts.onStep,
      onTooOld: (what) => parts.journal.note(`left out, the engine is too old: ${what}`, 'engine'),
    });
    return new LabWorld(parts, stack);
  }

  outside(): Promise<Inside> {
    // Its networks are not ours to join: from inside it is asked at its own address.
    this.#outside ??= this.#isAttached ? this.subject.inside() : this.#helpers.outside(this.#networks);
    return this.#outside;
  }

  async end(): Promise<void> {
    await this.#endHelpers();
    await this.#stack.down();
  }

  /** Only its helpers go. What is stopped is killed, so that nothing of its state is changed any more. */
  async leave(how: 'running' | 'stopped'): Promise<void> {
    await this.#endHelpers();
    if (how === 'running' || this.#isAttached) return;
    const containers = [this.subject, ...this.others.values()].map(({ container }) => container);
    await Promise.allSettled(containers.map((container) => container.kill('SIGKILL')));
  }

  async #endHelpers(): Promise<void> {
    const helper = await this.#outside?.catch(() => undefined);
    await helper?.end().catch(() => undefined);
    for (const subject of [this.subject, ...this.others.values()]) await subject.leave();
  }

  #subjectOf(
    plan: ServicePlan,
    container: Container,
    parts: WorldParts,
    all: ReadonlyMap<string, LabSubject>,
  ): LabSubject {
    const owner = sharedNetwork(plan);
    const isTested = plan.name === parts.subject;
    return new LabSubject({
      plan,
      container,
      settings: parts.settings(plan.name),
      helpers: parts.helpers,
      outside: () => this.outside(),
      journal: isTested ? parts.journal : undefined,
      engineEvents: parts.engineEvents,
      signal: parts.signal,
      isAttached: parts.attached !== undefined,
      ...(isTested ? { onReady: parts.onReady } : {}),
      ...(owner === undefined ? {} : { network: () => all.get(owner) ?? this.others.get(owner) }),
    });
  }
}

function sharedNetwork({ body }: ServicePlan): string | undefined {
  return /^service:(.+)$/.exec(body.HostConfig.NetworkMode ?? '')?.[1];
}
