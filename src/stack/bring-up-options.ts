import type { ContextFile } from './build-context-files.ts';

export interface BringUpOptions {
  readonly signal?: AbortSignal;
  /** What is done now: `building web`, `waiting until db is healthy`. */
  readonly onStep?: (what: string) => void;
  /** What a build says, line by line. */
  readonly onBuildLine?: (service: string, line: string) => void;
  /** What the context of a service's build holds: `contextFilesOf(project)`. Needed where something is built. */
  readonly contextFiles?: (service: string) => Iterable<ContextFile>;
  /** `missing` builds as `docker compose up` does, only what is not there yet. Default: always, from the cache. */
  readonly build?: 'always' | 'missing';
  /**
   * Runs health tests by itself every 100 ms where somebody waits for `service_healthy`, so that an interval of 30 s is
   * not waited for. Default: waits for what the engine says.
   */
  readonly probeOurselves?: boolean;
  /** Services that are made and not started; who depends on them is not started either. */
  readonly held?: readonly string[];
  /** Hears what this engine is too old for, and that is left out then. Without it, that is refused. */
  readonly onTooOld?: (what: string) => void;
}

export type Building = Pick<BringUpOptions, 'build' | 'contextFiles' | 'onBuildLine' | 'onStep' | 'signal'>;
