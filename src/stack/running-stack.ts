import type { Container } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { allOf } from './all-of.ts';
import type { HookPlan, ServicePlan, StackPlan } from './plan.ts';

/** What `bringUp` made on an engine, and how it is taken away again. */
export class RunningStack {
  readonly engine: Engine;
  readonly plan: StackPlan;
  /** Names of what was made here; external ones are not among them. */
  readonly networks: string[] = [];
  readonly volumes: string[] = [];
  readonly #containers = new Map<string, Container[]>();

  constructor(engine: Engine, plan: StackPlan) {
    this.engine = engine;
    this.plan = plan;
  }

  /** By service name, in the order of their numbers. */
  get services(): ReadonlyMap<string, readonly Container[]> {
    return this.#containers;
  }

  containersOf(service: string): readonly Container[] {
    return this.#containers.get(service) ?? [];
  }

  add(service: string, container: Container): void {
    this.#containers.set(service, [...this.containersOf(service), container]);
  }

  /** Starts all containers of a service, and runs its `post_start` hooks in each. */
  async start(service: string): Promise<void> {
    const plan = this.#planOf(service);
    await allOf(
      this.containersOf(service).map(async (container) => {
        await container.start();
        for (const hook of plan?.postStart ?? []) await runHook(container, hook, 'post_start');
      }),
    );
  }

  /** Runs the `pre_stop` hooks, then stops it as its file says, dependents first. */
  async stop(): Promise<void> {
    for (const plan of [...this.plan.services].reverse())
      await allOf(
        this.containersOf(plan.name).map(async (container) => {
          const { state } = await container.inspect();
          if (state.status !== 'running') return;
          for (const hook of plan.preStop) await runHook(container, hook, 'pre_stop');
          await container.stop(Math.ceil(plan.stopGraceMs / 1000));
        }),
      );
  }

  /** Removes all that was made, running or not; what is gone already is no failure. */
  async down(): Promise<void> {
    const failures: unknown[] = [];
    const all = (promises: Iterable<Promise<unknown>>) => allOf(promises).catch((error) => failures.push(error));
    await all([...this.#containers.values()].flat().map((container) => container.remove()));
    await all(this.networks.map((name) => this.engine.removeNetwork(name)));
    await all(this.volumes.map((name) => this.engine.removeVolume(name)));
    if (failures.length > 0) throw failures[0];
  }

  #planOf(service: string): ServicePlan | undefined {
    return this.plan.services.find(({ name }) => name === service);
  }
}

async function runHook(container: Container, hook: HookPlan, kind: string): Promise<void> {
  const ran = await container.exec(hook.command, {
    ...(hook.user === undefined ? {} : { user: hook.user }),
    ...(hook.workdir === undefined ? {} : { workdir: hook.workdir }),
    environment: hook.environment,
    privileged: hook.privileged,
  });
  if (ran.code === 0) return;
  throw new SeaworthyError(
    'dependency-failed',
    `${container.name}: its ${kind} hook ended with code ${ran.code}: ${`${ran.out}${ran.err}`.trim()}`,
  );
}
