import type { Host } from '../../engine/host-path.ts';
import type { StackPlan } from '../../stack/plan.ts';
import type { StandIn } from '../../vocabulary/drill.ts';

/** A plan that can be started without any harm to what is real, and what that took. */
export interface Isolated {
  /** Without the services that are refused. Every name in it is this run's own. */
  readonly plan: StackPlan;
  readonly standIns: readonly StandIn[];
  /** By service: why it cannot be started safely. */
  readonly refused: ReadonlyMap<string, string>;
  /** What is put into volumes of the plan before anything starts: see `Furniture`. */
  readonly copies: readonly Copy[];
}

/** One volume of the plan that is not to be empty. */
export interface Copy {
  /** Its key in the plan. */
  readonly volume: string;
  /** `run`: nobody writes to it, so that one serves all worlds. */
  readonly scope: 'run' | 'world';
  readonly items: readonly CopyItem[];
}

/** `name` is a path in the volume; `.` is its root. */
export type CopyItem =
  | {
      readonly kind: 'tree';
      /** File or folder on this machine, no link. */
      readonly path: string;
      readonly name: string;
      /** This user may read all of it; what he may not, the engine can. */
      readonly isReadable: boolean;
    }
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'folder'; readonly name: string };

export interface IsolateOptions {
  /** Of the engine's run: part of every name. */
  readonly runId: string;
  /** What the engine does with logs where the file says nothing: `docker info`'s LoggingDriver. */
  readonly loggingDriver?: string;
  /** Whether paths of this machine are the engine's, too. */
  readonly isLocal: boolean;
  readonly host: Host;
  /** Services that are not in the plan because they cannot be started at all, and why. */
  readonly missing?: ReadonlyMap<string, string>;
}

/** Tells that `used` stands in for what the file says. */
export type Note = (kind: string, wanted: string, used: string) => void;

/** The most that is copied for one bind mount. */
export const copyLimitBytes = 2 ** 30;
/** Files and folders that are looked at below one mount: some 2 s. */
export const mostEntries = 200_000;
