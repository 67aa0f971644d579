import type { Service } from '../model/service.ts';
import type { Evidence, Outcome, RequestCount, Timeline } from '../vocabulary/drill.ts';
import type { Lab } from './lab.ts';

/** A claim about a service, and the bounded experiment on a live engine that shows whether it holds. */
export interface Drill {
  /** `graceful-stop`: names the file, the page and the ship folder. */
  readonly id: string;
  /** What holds when the drill holds, as a sentence about the service. */
  readonly claim: string;
  /** What it costs at night when it does not. */
  readonly why: string;
  /** What it does to the service, in one or two sentences: load, faults, their bounds. */
  readonly experiment: string;
  /** Rows of the mission: `DRL5`, `IMG9`. */
  readonly mission: readonly string[];
  readonly sources: readonly string[];
  /** `harmless`: may be pointed at a running service (`--attach`); it only looks. */
  readonly attach: 'harmless' | 'never';
  /** `alone`: what it measures is spoilt by other drills on the same machine (times, latency). */
  readonly company: 'any' | 'alone';
  /** The most seconds that it takes for this service; it is ended then, inconclusive. */
  budget(service: Service): number;
  /** Why there is nothing to drill in this service: `no health check`; undefined where there is. */
  skip(service: Service): string | undefined;
  run(lab: Lab): Promise<Told>;
}

/** What a drill tells; the runner adds who, how long, and the timeline that the lab wrote down. */
export interface Told {
  readonly outcome: Outcome;
  readonly summary: string;
  readonly evidence?: readonly Evidence[];
  readonly advice?: readonly string[];
  readonly requests?: RequestCount;
  /** Where the drill repeats its experiment by itself. */
  readonly repeated?: { readonly held: number; readonly of: number };
  readonly timeline?: Timeline;
}

type Rest = Omit<Told, 'outcome' | 'summary'>;
export const held = (summary: string, rest: Rest = {}): Told => ({ outcome: 'held', summary, ...rest });
export const broke = (summary: string, rest: Rest = {}): Told => ({ outcome: 'broke', summary, ...rest });
export const inconclusive = (summary: string, rest: Rest = {}): Told => ({ outcome: 'inconclusive', summary, ...rest });
