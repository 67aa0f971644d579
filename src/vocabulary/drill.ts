/** `held`: the claim was seen to hold. `broke`: it was seen not to. `inconclusive`: it could not be told; never a pass. */
export type Outcome = 'held' | 'broke' | 'inconclusive';

/** One thing that was seen, in the words of the field. Secrets are masked before they come here. */
export interface Evidence {
  /** `exit code`, `requests lost`, `written outside its mounts`. */
  readonly name: string;
  readonly value: string | number | boolean | readonly string[];
  /** `ms`, `s`, `bytes`, `/s`, `%`. */
  readonly unit?: string;
}

/** What a drill did and saw over time, to be drawn. Times are seconds since the drill began. */
export interface Timeline {
  readonly seconds: number;
  readonly series: readonly Series[];
  readonly events: readonly TimelineEvent[];
  /** Health states, one after another: `starting`, `healthy`, `unhealthy`, `stopped`. */
  readonly health: readonly { readonly from: number; readonly to: number; readonly state: string }[];
}

export interface Series {
  /** `answered`, `lost`, `latency p99`, `memory`. Those of one `panel` are drawn on one pair of axes. */
  readonly name: string;
  readonly panel: 'requests' | 'latency' | 'memory' | 'cpu' | 'other';
  readonly unit: string;
  readonly points: readonly (readonly [seconds: number, value: number])[];
  /** A line across: the memory limit, the log cap. */
  readonly limit?: number;
}

export interface TimelineEvent {
  readonly at: number;
  /** `SIGTERM sent`, `oom`, `exited with 137`. */
  readonly what: string;
  /** Who did it: the drill, the engine, or the service itself. */
  readonly by: 'drill' | 'engine' | 'service';
}

/** Every request is in one of these: `sent` = `answered` + `lost`. `refused` were never sent: no connection was had. */
export interface RequestCount {
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
  readonly refused: number;
}

export interface DrillResult {
  readonly id: string;
  readonly service: string;
  readonly claim: string;
  readonly outcome: Outcome;
  /** One sentence with its figures, for somebody who is tired. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** What to change, as it would be written: `cap_add: [CHOWN, SETUID]`. Empty where there is nothing. */
  readonly advice: readonly string[];
  readonly seconds: number;
  /** Of these, seconds that no tool could save: intervals, grace periods, load that must last. */
  readonly waited: number;
  /** How often the claim held of how many runs, where it was repeated. */
  readonly repeated?: { readonly held: number; readonly of: number };
  readonly requests?: RequestCount;
  readonly timeline?: Timeline;
}

/** What stood in for something real while drilling. */
export interface StandIn {
  /** `volume`, `bind`, `port`, `network`, `secret`, `config`, `host-network`, `name`, `service`, `variable`. */
  readonly kind: string;
  readonly service: string | undefined;
  /** What the file says. */
  readonly wanted: string;
  /** What was used in its place. */
  readonly used: string;
}

/** What was not run, and why: `no health check`, `no time was left in the budget`. */
export interface SkippedDrill {
  readonly id: string;
  readonly service: string;
  readonly because: string;
  /** False where there is nothing to drill in this service; true where there is, and it was left out. */
  readonly applies: boolean;
  /** Where it could not be tried for want of an image: a registry or a build that failed. With `--strict` that is no pass. */
  readonly lacking?: 'image';
}

export interface DrillReport {
  readonly version: 1;
  readonly project: string;
  readonly engine: { readonly name: string; readonly version: string; readonly apiVersion: string };
  readonly startedAt: string;
  readonly seconds: number;
  readonly drills: readonly DrillResult[];
  readonly skipped: readonly SkippedDrill[];
  readonly standIns: readonly StandIn[];
}

/** What is told while drilling. */
export type DrillEvent =
  | { readonly type: 'setting-up'; readonly what: string }
  | { readonly type: 'planned'; readonly drills: readonly { readonly id: string; readonly service: string }[] }
  | { readonly type: 'started'; readonly id: string; readonly service: string }
  | { readonly type: 'step'; readonly id: string; readonly service: string; readonly what: string }
  | { readonly type: 'ended'; readonly result: DrillResult }
  | { readonly type: 'standing-in'; readonly standIn: StandIn }
  | { readonly type: 'cleaned-up'; readonly removed: number }
  /** Something of ours that could not be removed, and why: `volume seaworthy-…: volume is in use`. */
  | { readonly type: 'left'; readonly what: string }
  /** With `keep`: how many things carry the label `seaworthy.run=RUN` in the end. */
  | { readonly type: 'kept'; readonly run: string; readonly count: number };
