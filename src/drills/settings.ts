import type { HttpRequest, LoadKind } from '../inside/protocol.ts';

/** `x-seaworthy.drill` of a service, with defaults filled in. */
export interface DrillSettings {
  /** What load and probes ask; the first is also what `ask()` asks. Where the file does not say: `/` where it answers well, else the health route. */
  readonly requests: readonly HttpRequest[];
  /** TCP port in the container, where the file or the health test says it. */
  readonly port: number | undefined;
  /** Else one of these, likeliest first: what is exposed, published, or on a command line may be a note that nobody kept. */
  readonly likelyPorts: readonly number[];
  /** `tcp` for a service that does not speak HTTP; where the file does not say, the lab asks once. */
  readonly protocol: 'http' | 'tcp';
  readonly kinds: readonly LoadKind[];
  /** Requests a second, default 100. */
  readonly rate: number;
  /** Path asked to learn whether it is ready for traffic; default the health route. */
  readonly readiness: string | undefined;
  readonly readinessIsStated: boolean;
  /** Path asked to learn whether it is alive, where that differs. */
  readonly liveness: string | undefined;
  readonly livenessIsStated: boolean;
  /** How often a balancer looks, in ms; default 1,000. */
  readonly noticeMs: number;
  /** A balancer that sends a refused connection elsewhere (default true: nginx, HAProxy with redispatch). */
  readonly balancerRetries: boolean;
  /** What the file says that its HEALTHCHECK is meant to tell; undefined where it does not. */
  readonly health: 'liveness' | 'readiness' | undefined;
  /** The path that its health test asks; undefined where that is not to be seen. */
  readonly healthPath: string | undefined;
  /** The port that its health test asks. */
  readonly healthPort: number | undefined;
  /** A route of its sources by which it seems to tell whether it is ready. */
  readonly readinessInSources: string | undefined;
  /** Whether it may reach the world outside; undefined where nobody says. */
  readonly egress: 'none' | 'allowed' | undefined;
  /** Whether the file says how it is to be asked: then an answer that is not the expected one is a fault. */
  readonly requestsAreStated: boolean;
  /** Drills that are not run on this service, with the reason. */
  readonly skip: ReadonlyMap<string, string>;
}
