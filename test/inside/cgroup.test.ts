import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cgroupSeen } from '../../src/inside/cgroup/cgroup-seen.ts';
import { findCgroup } from '../../src/inside/cgroup/find-cgroup.ts';
import { processesOf } from '../../src/inside/cgroup/processes-of.ts';

/** Trees as Linux has them, made by hand: of the two versions a machine has one. What the kernel really does, `in-container.test.ts` asks it. */
let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-cgroup-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const id = 'ab12'.repeat(16);
function tree(name: string, files: Readonly<Record<string, string>>): string {
  const root = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  }
  return root;
}
const v2 = (name: string, at: string, files: Readonly<Record<string, string>> = {}) =>
  tree(name, {
    'cgroup.controllers': 'cpu memory pids\n',
    [`${at}/cgroup.procs`]: '7\n0\n12\n',
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${at}/${file}`, text])),
  });

test.each([
  ['the cgroupfs driver', `docker/${id}`],
  ['systemd', `system.slice/docker-${id}.scope`],
  ['rootless', `user.slice/user-1000.slice/user@1000.service/user.slice/docker-${id}.scope`],
  ['Podman', `machine.slice/libpod-${id}.scope`],
  ['Podman without systemd', `libpod_parent/libpod-${id}`],
  ['a cgroup_parent', `tenants/blue/${id}`],
  ['an engine in a container', `docker/${'9'.repeat(64)}/docker/${id}`],
])('found below what %s makes', async (name, at) => {
  const root = v2(name.replaceAll(' ', '-'), at);
  const cgroup = await findCgroup(id, root);
  expect(cgroup.folder('memory')).toBe(path.join(root, at));
  expect([...(await processesOf(cgroup))]).toEqual([7, 12]);
});

test('another container is none', async () => {
  const root = v2('other', `docker/${id.replace('ab', 'ba')}`);
  await expect(findCgroup(id, root)).rejects.toThrow('does not run');
  await expect(findCgroup(id, path.join(folder, 'nowhere'))).rejects.toThrow();
});

test('version 2', async () => {
  const root = v2('seen', `system.slice/docker-${id}.scope`, {
    'memory.current': '104857600\n',
    'memory.max': '134217728\n',
    'memory.peak': '125829120\n',
    'memory.stat': 'anon 1\nfile 2\ninactive_file 4194304\nactive_file 5\n',
    'memory.events': 'low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 0\n',
    'pids.current': '9\n',
    'pids.max': 'max\n',
    'cpu.stat': 'usage_usec 2500000\nuser_usec 1\nnr_periods 40\nnr_throttled 8\nthrottled_usec 1500\n',
    'container/cgroup.procs': '31\n',
  });
  const cgroup = await findCgroup(id, root);
  expect(await cgroupSeen(cgroup)).toEqual({
    version: 2,
    memoryBytes: 100663296,
    memoryLimit: 134217728,
    memoryPeak: 125829120,
    oomKills: 2,
    pids: 9,
    pidsLimit: null,
    cpuUsageMs: 2500,
    periods: 40,
    throttledPeriods: 8,
    throttledMs: 1.5,
  });
  expect([...(await processesOf(cgroup))]).toEqual([7, 12, 31]);
});

test('version 2 before Linux 5.19 tells no peak', async () => {
  const root = v2('old', `docker/${id}`, { 'memory.current': '5\n', 'memory.max': 'max\n' });
  expect(await cgroupSeen(await findCgroup(id, root))).toMatchObject({
    memoryBytes: 5,
    memoryLimit: null,
    memoryPeak: null,
  });
});

test('version 1: a folder for each controller, some twice', async () => {
  const at = `docker/${id}`;
  const root = tree('v1', {
    [`memory/${at}/memory.usage_in_bytes`]: '104857600\n',
    [`memory/${at}/memory.limit_in_bytes`]: '9223372036854771712\n',
    [`memory/${at}/memory.max_usage_in_bytes`]: '125829120\n',
    [`memory/${at}/memory.stat`]: 'inactive_file 7\ntotal_inactive_file 4194304\n',
    [`memory/${at}/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n',
    [`pids/${at}/pids.current`]: '9\n',
    [`pids/${at}/pids.max`]: '60\n',
    [`pids/${at}/cgroup.procs`]: '7\n12\n',
    [`cpu,cpuacct/${at}/cpuacct.usage`]: '2500000000\n',
    [`cpu,cpuacct/${at}/cpu.stat`]: 'nr_periods 40\nnr_throttled 8\nthrottled_time 1500000\n',
    'unified/cgroup.procs': '1\n',
  });
  for (const name of ['cpu', 'cpuacct']) fs.symlinkSync('cpu,cpuacct', path.join(root, name));
  const cgroup = await findCgroup(id, root);
  expect(cgroup.folders.map((one) => path.relative(root, one).split('/')[0]).sort()).toEqual([
    'cpu,cpuacct',
    'memory',
    'pids',
  ]);
  expect(await cgroupSeen(cgroup)).toEqual({
    version: 1,
    memoryBytes: 100663296,
    memoryLimit: null,
    memoryPeak: 125829120,
    oomKills: 2,
    pids: 9,
    pidsLimit: 60,
    cpuUsageMs: 2500,
    periods: 40,
    throttledPeriods: 8,
    throttledMs: 1.5,
  });
  expect([...(await processesOf(cgroup))]).toEqual([7, 12]);
});
