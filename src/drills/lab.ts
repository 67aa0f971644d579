import type { Container } from '../engine/container.ts';
import type { EngineInfo } from '../engine/engine.ts';
import type { EngineEvent } from '../engine/events.ts';
import type { Images } from '../engine/images.ts';
import type { Inside } from '../inside/client.ts';
import type { CgroupSeen, HttpRequest, LoadKind, LoadResult, LoadSpec } from '../inside/protocol.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { ServicePlan, StackPlan } from '../stack/plan.ts';
import type { DrillSettings } from './settings.ts';

/** What one drill of one service has to work with. All that it makes is removed when the drill ends, however it ends. */
export interface Lab {
  readonly project: Project;
  readonly service: Service;
  /** The service as it would run, isolated: no real data, no real ports. */
  readonly plan: ServicePlan;
  /** `x-seaworthy.drill` of the service, with defaults filled in. */
  readonly settings: DrillSettings;
  /** Who answers: Docker, or Podman, which differs here and there. */
  readonly engine: EngineInfo;
  readonly signal: AbortSignal;
  /** It looks at a running service (`--attach`): no other can be started. */
  readonly isAttached: boolean;
  /** Cores of the engine's machine. */
  readonly cpus: number;
  /** A fresh copy of the service with all it depends on; `change` alters the service's plan (not those of others). */
  world(options?: WorldOptions): Promise<World>;
  /**
   * A helper on the engine's own machine: sees every process by its number there (`inspect().pid`), every cgroup, and files
   * below `/proc/1/root`. It has no network. One for the whole run.
   */
  host(): Promise<Inside>;
  /** A helper alone on a new network of its own: an ordinary one, or an `internal` one. Ends with the lab. */
  apart(network: 'open' | 'internal'): Promise<Inside>;
  /** To look at what the service is made from. */
  readonly images: Pick<Images, 'inspect' | 'history' | 'save'>;
  /** Says what it is doing now, for the progress line: `sending SIGTERM under 200 requests a second`. */
  step(what: string): void;
  /** For the timeline. */
  note(what: string, by?: 'drill' | 'engine' | 'service'): void;
  /** Waits; counted as a wait that could not be saved. Rejects when the drill is called off. */
  wait(ms: number): Promise<void>;
  /** Counts a wait that could not be saved and was spent elsewhere: a load that must last. */
  waited(ms: number): void;
  /** Asks every `everyMs` (100) until it is true, or its time is over: then false. */
  until(ms: number, isTrue: () => Promise<boolean> | boolean, everyMs?: number): Promise<boolean>;
}

export interface WorldOptions {
  readonly change?: (plan: ServicePlan) => ServicePlan;
  /** Alters the whole stack, dependencies and volumes included, after `change`. */
  readonly changeStack?: (plan: StackPlan) => StackPlan;
  /** Default true: wait until the service is ready (its own health test, run by us, or its port answers). */
  readonly ready?: boolean;
  /** Start only what the service depends on; `subject.start()` starts it. Default false. */
  readonly held?: boolean;
  /** Start the whole project, not only what the service depends on. Default false. */
  readonly whole?: boolean;
}

/** The service and what it depends on, running in networks of their own. */
export interface World {
  /** The service under test. */
  readonly subject: Subject;
  /** What runs beside it, by service name. */
  readonly others: ReadonlyMap<string, Subject>;
  /** A helper on the service's network, from which load and probes come. */
  outside(): Promise<Inside>;
  /** Removes all of it now; the lab does so anyway in the end. */
  end(): Promise<void>;
}

/** One container of a world. */
export interface Subject {
  readonly name: string;
  readonly plan: ServicePlan;
  readonly container: Container;
  /** Where it answers, seen from `outside()`: address and port. Undefined where nothing listens. */
  address(): Promise<{ readonly host: string; readonly port: number } | undefined>;
  /** The world's helper on its network: see `World.outside`. */
  outside(): Promise<Inside>;
  /** A helper in its process and network namespaces, with rights it has not: looks, signals, blocks, fills. */
  inside(): Promise<Inside>;
  start(): Promise<void>;
  /** Kills its process 1 from outside, as the kernel would: unlike `docker kill`, the engine restarts it by its policy. */
  crash(signal?: string): Promise<void>;
  /** Bytes of its log files on the engine's disk, by name; empty for drivers that keep none. */
  logSizes(): Promise<Readonly<Record<string, number>>>;
  /** Memory, processes, CPU of its cgroup. */
  cgroup(): Promise<CgroupSeen>;
  /** What the engine said of it, from the start of the drill. */
  events(): readonly EngineEvent[];
  /** Ready by its own health test, which we run by ourselves every 100 ms (the engine's interval may be long), else by its port, else by its running. */
  ready(timeoutMs?: number): Promise<Ready>;
  /**
   * For a world that was not waited for, once the drill has found it well by itself: learns what the file does not say of
   * how it is asked, as `ready()` does. Until then nothing but its health route is known.
   */
  meet(): Promise<void>;
  /** Runs the health test once, as the engine would. Undefined where there is none. */
  probe(): Promise<
    { readonly ok: boolean; readonly output: string; readonly ms: number; readonly timedOut: boolean } | undefined
  >;
  /** One request as `x-seaworthy.drill` says, else GET of the health route, else `/`. Undefined where nothing listens. */
  ask(
    request?: HttpRequest,
  ): Promise<{ readonly ok: boolean; readonly status: number | undefined; readonly ms: number } | undefined>;
  /** Load on it, by the settings; `seconds` at most. `result` resolves when it has ended. */
  load(options: LoadOptions): Promise<RunningLoad>;
}

export interface Ready {
  readonly ok: boolean;
  /** `health test`, `port`, `running`: what was asked. */
  readonly by: string;
  readonly ms: number;
  /** Where it is not: the last thing seen. */
  readonly because?: string;
}

export interface LoadOptions {
  readonly seconds: number;
  /** In all; shared among the kinds. Default: the settings' rate. */
  readonly rate?: number;
  readonly kinds?: readonly LoadKind[];
  /** In place of the settings'. */
  readonly requests?: readonly HttpRequest[];
  readonly timeoutMs?: number;
  readonly notice?: LoadSpec['notice'];
}

export interface RunningLoad {
  readonly result: Promise<LoadResult>;
  stop(): Promise<LoadResult>;
}
