/**
 * What a helper container is asked and answers: one line of JSON each way over its standard input and output. Requests
 * carry an `id`, and the answer the same; events carry the `id` of the request that they belong to. Times are
 * milliseconds of the helper's own monotonic clock.
 */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Status codes that count as answered well; without it, anything below 500. */
  readonly expect?: readonly number[];
}

/**
 * How requests reach the service. `fresh`: a connection each. `keep-alive`: on connections that stay open. `slow`: the
 * head (or body) arrives in two pieces with `slowMs` between them, as from a phone, so that it is in flight for long.
 * `websocket`, `sse`: held open; a message or event each is a request answered. `tcp`: connect, send `body`, wait for
 * bytes or, without `body`, for the connection alone.
 */
export type LoadKind = 'fresh' | 'keep-alive' | 'slow' | 'websocket' | 'sse' | 'tcp';

export interface LoadPart {
  readonly kind: LoadKind;
  /** Requests per second, on an open-loop schedule: a slow answer never delays the next request. */
  readonly rate: number;
  readonly request: HttpRequest;
  /** Connections kept for `keep-alive`; streams for `websocket` and `sse`. */
  readonly connections?: number;
  readonly slowMs?: number;
}

export interface LoadSpec {
  readonly host: string;
  readonly port: number;
  readonly tls?: boolean;
  readonly parts: readonly LoadPart[];
  /** It ends by itself after this time, whatever happens. */
  readonly seconds: number;
  /** A request that has no whole answer by then is lost. */
  readonly timeoutMs: number;
  /**
   * The balancer: `path` is polled (a connect for `tcp`); after `fall` bad answers in a row no new request is sent, as
   * nobody would who had noticed. Absent: nobody notices.
   */
  readonly notice?: {
    readonly path?: string;
    readonly everyMs: number;
    readonly fall: number;
    readonly timeoutMs: number;
  };
}

/**
 * Why a request was lost. `refused` is counted apart: nothing had been sent. `reset`, `closed`: before a byte of the
 * answer; `cut`: in the midst of it. `garbled`: what came is not of the protocol. `status`: whole, but not as expected.
 */
export type LossReason = 'reset' | 'closed' | 'timeout' | 'status' | 'cut' | 'garbled';

export interface LoadCount {
  /** What the schedule asked for: `sent` + `refused`. */
  readonly planned: number;
  /** `answered` + `lost`. */
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
  /** Connections that could not be had (refused, unreachable, timed out): a balancer tries elsewhere. */
  readonly refused: number;
  /**
   * Requests that are safe to send again (GET, HEAD), on a connection that had been used before and was closed before a
   * byte of the answer, or on a new one that was reset within 100 ms, unaccepted: sent again on a fresh connection, as RFC 9110 9.2.2 lets any proxy do. Counted once, by how that ended; as
   * refused where no fresh connection could be had.
   */
  readonly retried: number;
}

export interface Loss {
  /** Since the load began. */
  readonly atMs: number;
  readonly kind: LoadKind;
  readonly reason: LossReason;
  /** How long it had been under way. */
  readonly afterMs: number;
  readonly status?: number;
}

export interface LoadResult {
  readonly total: LoadCount;
  readonly byKind: Readonly<Partial<Record<LoadKind, LoadCount>>>;
  /** Of answers, from when the schedule meant to send (no coordinated omission), in ms. */
  readonly latency: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number };
  /** By the second since the load began in which it was known how a request ended; without gaps. */
  readonly seconds: readonly LoadSecond[];
  /** The first 50. */
  readonly losses: readonly Loss[];
  /** Since the load began, as the next two. */
  readonly firstRefusedMs?: number;
  readonly lastAnsweredMs?: number;
  /** When the balancer noticed. */
  readonly noticedMs?: number;
  /** Whole answers by status code, expected or not. */
  readonly statuses: Readonly<Record<string, number>>;
  /** When the load began, on the helper's clock. */
  readonly beganMs: number;
  /** The latest that a request was begun after it should have been. Above some 100 ms the figures are the machine's, not the service's. */
  readonly maxLagMs: number;
  /** How many of `refused` the driver itself had no file or port for: with any, the load says nothing. */
  readonly starved: number;
}

export interface LoadSecond {
  readonly answered: number;
  readonly lost: number;
  readonly refused: number;
  readonly p50: number;
  readonly p99: number;
}

export interface ProcessSeen {
  /** As the helper sees it. */
  readonly pid: number;
  /** In its own process namespace: 1 is the container's first. */
  readonly innerPid: number;
  readonly ppid: number;
  readonly name: string;
  readonly command: readonly string[];
  /** `R`, `S`, `Z`, `T` … as /proc has it. */
  readonly state: string;
  /** Effective. */
  readonly uid: number;
  readonly gid: number;
  /** Effective, bounding: as hexadecimal masks. */
  readonly capEff: string;
  readonly capBnd: string;
  readonly noNewPrivs: boolean;
  /** 0 none, 1 strict, 2 filter. */
  readonly seccomp: number;
  /** Null where the helper may not look. */
  readonly openFiles: number | null;
  /** Soft limits; `Infinity` travels as null. */
  readonly maxFiles: number | null;
  readonly rssBytes: number;
  /** Signals with a handler of their own (SigCgt), and ignored ones, as hexadecimal masks. */
  readonly sigCgt: string;
  readonly sigIgn: string;
}

export interface CgroupSeen {
  readonly version: 1 | 2;
  /** Without inactive file pages, which the kernel gives back before it kills: as `docker stats` counts. */
  readonly memoryBytes: number;
  readonly memoryLimit: number | null;
  /** The most ever, file pages included. Null where the kernel does not tell (cgroup v2 before Linux 5.19). */
  readonly memoryPeak: number | null;
  /** Kills for memory in this cgroup since it was made (memory.events oom_kill, or memory.oom_control). */
  readonly oomKills: number;
  readonly pids: number;
  readonly pidsLimit: number | null;
  readonly cpuUsageMs: number;
  readonly periods: number;
  readonly throttledPeriods: number;
  readonly throttledMs: number;
}

/** What one attempt to connect came to. */
export type Reach = 'open' | 'refused' | 'timeout' | 'unreachable' | 'unknown-name';

export interface HttpAnswer {
  readonly status: number | undefined;
  /** Where there is no status: a `Reach` other than `open`, or a `LossReason`. */
  readonly error?: string;
  readonly ms: number;
  /** The first 64 KiB. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A program that runs with its owner's (or group's) rights, whoever starts it. */
export interface RaisingFile {
  /** As its own file system has it. */
  readonly path: string;
  readonly setuid: boolean;
  readonly setgid: boolean;
  readonly uid: number;
  readonly gid: number;
  /** Permission bits. */
  readonly mode: number;
}

/** A line to the helper: a method of `Inside` and its arguments. */
export interface Ask {
  readonly id: number;
  readonly do: string;
  readonly with: readonly unknown[];
}

/** A line from the helper. `ready` comes first, once; `began` says that a load is running, its result is the answer. */
export type Said =
  | { readonly ready: { readonly node: string } }
  | { readonly id: number; readonly began: true }
  | { readonly id: number; readonly ok?: unknown }
  | { readonly id: number; readonly fault: { readonly message: string; readonly code?: string } };
