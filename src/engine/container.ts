import type { Duplex } from 'node:stream';
import type { TarEntry } from './tar.ts';

/** One container, by the Engine API 1.41. Every call may throw a SeaworthyError `engine-…`. */
export interface Container {
  readonly id: string;
  readonly name: string;
  inspect(): Promise<Inspected>;
  start(): Promise<void>;
  /** SIGTERM (or the stop signal), then SIGKILL after the grace period; resolves when it has ended. */
  stop(graceSeconds?: number): Promise<void>;
  kill(signal: string): Promise<void>;
  /** Resolves with the exit code when it is not running (any more). */
  wait(): Promise<number>;
  pause(): Promise<void>;
  unpause(): Promise<void>;
  restart(graceSeconds?: number): Promise<void>;
  remove(): Promise<void>;
  /** Never throws for what the command does; a command that cannot be started has code 126 or 127. */
  exec(command: readonly string[], options?: ExecOptions): Promise<Ran>;
  /** Standard output and error, decoded; the newest `tail` lines where given. */
  logs(options?: { readonly tail?: number; readonly sinceMs?: number }): Promise<string>;
  /** Standard input and output of process 1 as one stream, standard error apart. Attach before start. */
  attach(): Promise<{ readonly stream: Duplex; readonly err: () => string }>;
  /** What differs from its image: `A`dded, `C`hanged, `D`eleted. */
  changes(): Promise<readonly { readonly path: string; readonly kind: 'A' | 'C' | 'D' }[]>;
  /** Puts files into a folder that is there; fails on a read-only root. */
  putFiles(folder: string, files: readonly TarFile[]): Promise<void>;
  /** The same with files of this machine, then texts; owners and modes stay. */
  putEntries(folder: string, entries: Iterable<TarEntry>, extra?: readonly TarFile[]): Promise<void>;
}

export interface TarFile {
  readonly name: string;
  /** A folder of this name, and no file; `content` is empty. */
  readonly isFolder?: boolean;
  readonly content: string | Buffer;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface ExecOptions {
  readonly user?: string;
  readonly workdir?: string;
  readonly environment?: readonly string[];
  readonly privileged?: boolean;
  readonly timeoutMs?: number;
}

export interface Ran {
  /** Undefined when its time was over first. */
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

/** What we read of `GET /containers/{id}/json`. */
export interface Inspected {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  readonly restartCount: number;
  readonly pid: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly logPath: string;
  /** By network name: addresses. */
  readonly networks: Readonly<
    Record<string, { readonly ip: string; readonly gateway: string; readonly aliases: readonly string[] }>
  >;
  /** As the engine has it, for those who compare or search it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface ContainerState {
  readonly status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly error: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly health:
    | { readonly status: string; readonly failingStreak: number; readonly log: readonly HealthProbe[] }
    | undefined;
}

export interface HealthProbe {
  readonly start: string;
  readonly end: string;
  readonly exitCode: number;
  readonly output: string;
}
