import type {
  CgroupSeen,
  HttpAnswer,
  HttpRequest,
  LoadResult,
  LoadSpec,
  ProcessSeen,
  RaisingFile,
  Reach,
} from './protocol.ts';

/**
 * A helper container, as those outside talk to it. Every call rejects with an `InsideGone` when the helper is gone, and
 * with a SeaworthyError `engine-refused` when it cannot do what is asked.
 */
export interface Inside {
  /** A time on the helper's clock as one of ours: milliseconds of this process' `performance.now()`. */
  toOurs(helperMs: number): number;
  /** Starts a load; `stop()` ends the sending, waits for what is under way, and gives the result. */
  load(spec: LoadSpec): Promise<{ readonly result: Promise<LoadResult>; stop(): Promise<LoadResult> }>;
  /** One request, on a connection of its own. Never rejects for what the service does. */
  http(host: string, port: number, request: HttpRequest, timeoutMs: number, tls?: boolean): Promise<HttpAnswer>;
  reach(host: string, port: number, timeoutMs: number): Promise<Reach>;
  /** Addresses of a name; none for a name that nobody knows. */
  resolve(name: string): Promise<readonly string[]>;
  /**
   * Every process it sees but its own; those in the cgroup of a container, where its id is given. In the host's process
   * namespace it sees all of the host's: give the id there.
   */
  processes(containerId?: string): Promise<readonly ProcessSeen[]>;
  /**
   * Only to processes that `processes()` has told of and that still live; those that have gone are passed over. From
   * within a process namespace the kernel lets no SIGKILL and no SIGSTOP through to its process 1 (pid_namespaces(7)).
   */
  signal(pids: readonly number[], signal: string): Promise<void>;
  /** Which of these processes, that were stopped, first run on again within `ms`; none where all stay so. */
  awake(pids: readonly number[], ms: number): Promise<readonly number[]>;
  /** Leaves a process of half a second to process 1 of its process namespace, and tells its number. */
  orphan(): Promise<number>;
  /** Listening sockets of the network namespace, or of that of a process; without the engine's resolver on 127.0.0.11. */
  listeners(
    pid?: number,
  ): Promise<readonly { readonly protocol: 'tcp' | 'udp'; readonly address: string; readonly port: number }[]>;
  /** Which processes hold a TCP socket that listens on this port, in the network namespace of the process `of`. */
  holders(of: number, port: number): Promise<readonly number[]>;
  /**
   * Drops (or rejects) packets in its network namespace, until `unblock`: with `port`, what comes to this TCP port; with
   * `host`, what goes to that host and comes from it (with both, only TCP to that port of it).
   */
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
  /** Children join that cgroup, until so many processes run or no more can be started. */
  crowd(containerId: string, count: number): Promise<{ readonly started: number; readonly refused: boolean }>;
  /** Children burn this many cores in that cgroup. */
  burn(containerId: string, cores: number): Promise<void>;
  /** Ends all children (memory, crowd, burners) and closes what is held. */
  release(): Promise<void>;
  /** Writes a new file (`/proc/PID/root/…` for another's file system) until so many bytes are written or the disk is full. */
  fill(path: string, bytes: number): Promise<{ readonly written: number; readonly full: boolean }>;
  remove(path: string): Promise<void>;
  /** Opens TCP connections and holds them until `release()`. `opened`: those still open after all were tried. */
  hold(host: string, port: number, count: number): Promise<{ readonly opened: number; readonly failed: number }>;
  /** Writes lines to a file descriptor of a process, as if it had logged them. */
  write(
    pid: number,
    fd: number,
    options: { readonly bytes: number; readonly line: string },
  ): Promise<{ readonly written: number }>;
  /** Size in bytes of the files in a folder of the helper's own file system, by name. */
  sizes(folder: string): Promise<Readonly<Record<string, number>>>;
  /** Makes a file that is there longer by so many bytes that take no room. */
  swell(path: string, bytes: number): Promise<void>;
  /** Bytes of all files below a folder, without links, logs, caches and what is temporary. */
  weigh(folder: string): Promise<number>;
  /** Undefined where there is no such file. */
  read(path: string, maxBytes: number): Promise<string | undefined>;
  environment(pid: number): Promise<Readonly<Record<string, string>>>;
  /**
   * Set-user-ID and set-group-ID programs below a root, such as `/proc/1/root`; on that file system only. `whole` is false
   * where there were more than `most` entries to look at.
   */
  raisingFiles(
    root: string,
    most: number,
  ): Promise<{ readonly files: readonly RaisingFile[]; readonly looked: number; readonly whole: boolean }>;
  /** Ends the helper. */
  end(): Promise<void>;
}
