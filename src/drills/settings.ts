import type { HttpRequest, LoadKind } from '../inside/protocol.ts';

/** `x-seaworthy.drill` of a service, with defaults filled in. */
export interface DrillSettings {
  /** What load and probes ask; the first is also what `ask()` asks. Where the file does not say: `/` where it answers well, else the health route. */
  readonly requests: readonly HttpRequest[];
  /** TCP port in the container; default: where the service is thought to listen. */
  readonly port: number | undefined;
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
  /** How often a balancer looks, in ms; default 1,000. */
  readonly noticeMs: number;
  /** A balancer that sends a refused connection elsewhere (default true: nginx, HAProxy with redispatch). */
  readonly balancerRetries: boolean;
  /** What its HEALTHCHECK is meant to tell; default `liveness`. */
  readonly health: 'liveness' | 'readiness';
  /** Whether it may reach the world outside; undefined where nobody says. */
  readonly egress: 'none' | 'allowed' | undefined;
  /** Whether the file says how it is to be asked: then an answer that is not the expected one is a fault. */
  readonly requestsAreStated: boolean;
  /** Drills that are not run on this service, with the reason. */
  readonly skip: ReadonlyMap<string, string>;
}
