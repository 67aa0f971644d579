import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Where the kernel keeps the limits and counts of one container. */
export interface Cgroup {
  readonly version: 1 | 2;
  /** v1: a folder for each controller (`memory`, `pids`, `cpu` …). v2: the one, under every name. */
  folder(controller: string): string | undefined;
  /** Each of its folders once. */
  readonly folders: readonly string[];
}

/**
 * The cgroup of a container, wherever its engine put it: `docker/ID`, `system.slice/docker-ID.scope`,
 * `machine.slice/libpod-ID.scope`, `libpod_parent/libpod-ID` (Podman without systemd), below a `cgroup_parent`. Rejects when there is none: it does not run.
 */
export async function findCgroup(containerId: string, root = '/sys/fs/cgroup'): Promise<Cgroup> {
  if (!/^[0-9a-f]{12,64}$/.test(containerId)) throw new Error(`"${containerId}" is no container id`);
  const isOurs = (name: string) => name === containerId || new RegExp(`^\\w+-${containerId}(?:\\.scope)?$`).test(name);
  const none = new Error(`no cgroup of container ${containerId.slice(0, 12)} below ${root}: it does not run`);
  if (existsSync(path.join(root, 'cgroup.controllers'))) {
    const found = await findFolder(root, isOurs);
    if (found === undefined) throw none;
    return { version: 2, folder: () => found, folders: [found] };
  }
  const byController = new Map<string, string>();
  let relative: string | undefined;
  for (const { controllers, folder } of await hierarchies(root)) {
    // An engine puts a container at the same place in each, as a rule.
    const likely = relative === undefined ? undefined : path.join(folder, relative);
    const found = likely !== undefined && existsSync(likely) ? likely : await findFolder(folder, isOurs);
    if (found === undefined) continue;
    relative = path.relative(folder, found);
    for (const controller of controllers) byController.set(controller, found);
  }
  if (!byController.has('memory') && !byController.has('pids')) throw none;
  return { version: 1, folder: (name) => byController.get(name), folders: [...new Set(byController.values())] };
}

/** v1: `cpu` and `cpuacct` are links to `cpu,cpuacct`, or folders mounted twice. */
async function hierarchies(root: string): Promise<{ readonly controllers: string[]; readonly folder: string }[]> {
  const found = new Map<string, string[]>();
  for (const name of await fs.readdir(root)) {
    const folder = await fs.realpath(path.join(root, name)).catch(() => undefined);
    if (folder === undefined || !(await fs.stat(folder)).isDirectory()) continue;
    found.set(folder, [...(found.get(folder) ?? []), ...name.split(',')]);
  }
  return [...found].map(([folder, controllers]) => ({ folder, controllers }));
}

/** The nearest folder with such a name; breadth first, because a `cgroup_parent` may lie anywhere. */
async function findFolder(root: string, isOurs: (name: string) => boolean): Promise<string | undefined> {
  let level = [root];
  for (let depth = 0; depth < 12 && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level)
      for (const entry of await fs.readdir(folder, { withFileTypes: true }).catch(() => [])) {
        if (!entry.isDirectory()) continue;
        const found = path.join(folder, entry.name);
        if (isOurs(entry.name)) return found;
        next.push(found);
      }
    level = next;
  }
  return undefined;
}
