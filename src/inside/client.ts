import type { CgroupSeen, HttpAnswer, HttpRequest, LoadResult, LoadSpec, ProcessSeen, Reach } from './protocol.ts';

/** A helper container, as those outside talk to it. Every call rejects when the helper is gone. */
export interface Inside {
  /** Starts a load; `stop()` ends the sending, waits for what is under way, and gives the result. */
  load(spec: LoadSpec): Promise<{ readonly result: Promise<LoadResult>; stop(): Promise<LoadResult> }>;
  /** One request, on a connection of its own. Never rejects for what the service does. */
  http(host: string, port: number, request: HttpRequest, timeoutMs: number): Promise<HttpAnswer>;
  reach(host: string, port: number, timeoutMs: number): Promise<Reach>;
  resolve(name: string): Promise<readonly string[]>;
  /** Every process it sees but its own. */
  processes(): Promise<readonly ProcessSeen[]>;
  signal(pids: readonly number[], signal: string): Promise<void>;
  /** Listening sockets of the network namespace. */
  listeners(): Promise<
    readonly { readonly protocol: 'tcp' | 'udp'; readonly address: string; readonly port: number }[]
  >;
  /** Drops (or rejects) packets to this TCP port in its network namespace, until `unblock`. */
  block(options: { readonly port?: number; readonly host?: string; readonly how: 'drop' | 'reject' }): Promise<void>;
  unblock(): Promise<void>;
  /** The cgroup of the container with this id; the engine's `/sys/fs/cgroup` must be mounted. */
  cgroup(containerId: string): Promise<CgroupSeen>;
  /** A child process joins that cgroup and takes memory in steps until `bytes` are taken or it is killed; `release()` ends it. */
  eatMemory(
    containerId: string,
    bytes: number,
    perSecond: number,
  ): Promise<{ readonly taken: number; readonly killed: boolean }>;
  /** Children join that cgroup, until so many run or no more can be started. */
  crowd(containerId: string, count: number): Promise<{ readonly started: number; readonly refused: boolean }>;
  /** Children burn this many cores in that cgroup. */
  burn(containerId: string, cores: number): Promise<void>;
  /** Ends all children: memory, crowd, burners. */
  release(): Promise<void>;
  /** Writes a file below the root of the process's file system until so many bytes are written or the disk is full. */
  fill(path: string, bytes: number): Promise<{ readonly written: number; readonly full: boolean }>;
  remove(path: string): Promise<void>;
  /** Opens TCP connections and holds them until `release()`. */
  hold(host: string, port: number, count: number): Promise<{ readonly opened: number; readonly failed: number }>;
  /** Writes lines to a file descriptor of a process, as if it had logged them. */
  write(
    pid: number,
    fd: number,
    options: { readonly bytes: number; readonly line: string },
  ): Promise<{ readonly written: number }>;
  /** Size in bytes of what lies in a folder of the helper's own file system, by file name. */
  sizes(folder: string): Promise<Readonly<Record<string, number>>>;
  read(path: string, maxBytes: number): Promise<string | undefined>;
  environment(pid: number): Promise<Readonly<Record<string, string>>>;
  /** Ends the helper. */
  end(): Promise<void>;
}
