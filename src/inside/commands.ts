import fs from 'node:fs/promises';
import { cgroupSeen } from './cgroup/cgroup-seen.ts';
import { findCgroup } from './cgroup/find-cgroup.ts';
import { processesOf } from './cgroup/processes-of.ts';
import { Children } from './children/children.ts';
import type { Inside } from './client.ts';
import { helperClock } from './clock.ts';
import { fill } from './files/fill.ts';
import { raisingFiles } from './files/raising-files.ts';
import { readText } from './files/read-text.ts';
import { sizes } from './files/sizes.ts';
import { swell } from './files/swell.ts';
import { weigh } from './files/weigh.ts';
import { writeLines } from './files/write-lines.ts';
import { askHttp } from './http/ask-http.ts';
import { block, unblock } from './net/block.ts';
import { Held } from './net/held.ts';
import { holders } from './net/holders.ts';
import { listeners } from './net/listeners.ts';
import { reach } from './net/reach.ts';
import { resolveName } from './net/resolve.ts';
import { awake } from './processes/awake.ts';
import { environment } from './processes/environment.ts';
import { orphan } from './processes/orphan.ts';
import { ProcessTable } from './processes/process-table.ts';

/** All that is answered with one word; `load` is not. */
export type Commands = Omit<Inside, 'load' | 'end' | 'toOurs'> & { clock(): Promise<number> };

/** `program`: this program's own file, which children run. */
export function helperCommands(program: string): Commands {
  const table = new ProcessTable();
  const children = new Children(program);
  const held = new Held();
  return {
    clock: async () => helperClock(),
    http: (host, port, request, timeoutMs, tls = false) => askHttp({ host, port, tls }, request, timeoutMs),
    reach,
    resolve: resolveName,
    processes: async (containerId) =>
      table.list(containerId === undefined ? undefined : await processesOf(await findCgroup(containerId))),
    signal: (pids, signal) => table.signal(pids, signal),
    awake,
    orphan,
    listeners,
    holders,
    block,
    unblock,
    cgroup: async (containerId) => cgroupSeen(await findCgroup(containerId)),
    eatMemory: async (containerId, bytes, perSecond) =>
      children.eatMemory(await findCgroup(containerId), bytes, perSecond),
    crowd: async (containerId, count) => children.crowd(await findCgroup(containerId), count),
    burn: async (containerId, cores) => children.burn(await findCgroup(containerId), cores),
    async release() {
      held.release();
      await children.release();
    },
    fill,
    remove: (path) => fs.rm(path, { force: true }),
    hold: (host, port, count) => held.hold(host, port, count),
    write: writeLines,
    sizes,
    weigh,
    swell,
    read: readText,
    environment,
    raisingFiles,
  };
}
