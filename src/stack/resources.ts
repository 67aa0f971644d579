import { child, entriesOf, itemsOf, type Maybe, numberOf, textsOf } from '../model/compose/tree-access.ts';
import type { Body, HostBody } from './plan.ts';
import { present, some } from './present.ts';
import { booleanAt, numberAt, textAt } from './values.ts';

/** Limits, legacy keys first: `deploy.resources` says the same newer, and has the last word (they must agree anyway). */
export function resources(service: Maybe): Partial<HostBody> {
  const limits = child(service, 'deploy.resources.limits');
  const reservations = child(service, 'deploy.resources.reservations');
  const cpus = set(numberAt(limits, 'cpus')) ?? set(numberAt(service, 'cpus'));
  const pids = set(numberAt(limits, 'pids')) ?? set(numberAt(service, 'pids_limit'));
  const percent = numberAt(service, 'cpu_percent');
  return present({
    CgroupParent: textAt(service, 'cgroup_parent'),
    Memory: set(numberAt(limits, 'memory')) ?? set(numberAt(service, 'mem_limit')),
    MemorySwap: set(numberAt(service, 'memswap_limit')),
    MemorySwappiness: numberAt(service, 'mem_swappiness'),
    MemoryReservation: set(numberAt(reservations, 'memory')) ?? set(numberAt(service, 'mem_reservation')),
    // The docker command always sends it, too; absent, Engine 20.10 shows null.
    OomKillDisable: booleanAt(service, 'oom_kill_disable') ?? false,
    OomScoreAdj: numberAt(service, 'oom_score_adj'),
    NanoCpus: cpus === undefined ? undefined : Math.round(cpus * 1e9),
    CpuCount: numberAt(service, 'cpu_count'),
    CpuPercent: percent === undefined ? undefined : Math.trunc(percent * 100),
    CpuPeriod: numberAt(service, 'cpu_period'),
    CpuQuota: numberAt(service, 'cpu_quota'),
    CpuShares: numberAt(service, 'cpu_shares'),
    CpuRealtimePeriod: numberAt(service, 'cpu_rt_period'),
    CpuRealtimeRuntime: numberAt(service, 'cpu_rt_runtime'),
    CpusetCpus: textAt(service, 'cpuset'),
    PidsLimit: pids,
    ShmSize: set(numberAt(service, 'shm_size')),
    Ulimits: some(ulimits(child(service, 'ulimits'))),
    ...blockIo(child(service, 'blkio_config')),
  });
}

/** 0 is "no limit", the same as saying nothing. */
const set = (value: number | undefined) => (value === 0 ? undefined : value);

export function ulimits(node: Maybe): { Name: string; Soft: number; Hard: number }[] {
  return entriesOf(node).map(([name, limit]) => {
    const both = numberOf(limit);
    return {
      Name: name,
      Soft: both ?? numberAt(limit, 'soft') ?? 0,
      Hard: both ?? numberAt(limit, 'hard') ?? 0,
    };
  });
}

function blockIo(node: Maybe): Body {
  const rates = (key: string) =>
    some(
      itemsOf(child(node, key)).map((item) => ({
        Path: textAt(item, 'path') ?? '',
        Rate: numberAt(item, 'rate') ?? 0,
      })),
    );
  return present({
    BlkioWeight: numberAt(node, 'weight'),
    BlkioWeightDevice: some(
      itemsOf(child(node, 'weight_device')).map((item) => ({
        Path: textAt(item, 'path') ?? '',
        Weight: numberAt(item, 'weight') ?? 0,
      })),
    ),
    BlkioDeviceReadBps: rates('device_read_bps'),
    BlkioDeviceReadIOps: rates('device_read_iops'),
    BlkioDeviceWriteBps: rates('device_write_bps'),
    BlkioDeviceWriteIOps: rates('device_write_iops'),
  });
}

/** Devices of the host, those of the Container Device Interface, and GPUs. */
export function devices(service: Maybe): Partial<HostBody> {
  const all = itemsOf(child(service, 'devices')).map((device) => ({
    source: textAt(device, 'source') ?? '',
    target: textAt(device, 'target'),
    permissions: textAt(device, 'permissions') ?? 'rwm',
  }));
  const nodes = all.filter(({ source }) => !isCdiName(source));
  const cdi = all.filter(({ source }) => isCdiName(source)).map(({ source }) => source);
  const reserved = itemsOf(child(service, 'deploy.resources.reservations.devices')).map((request) =>
    deviceRequest(request, textsOf(child(request, 'capabilities'))),
  );
  const gpus = itemsOf(child(service, 'gpus')).map((request) =>
    deviceRequest(request, [...textsOf(child(request, 'capabilities')), 'gpu']),
  );
  return present({
    Devices: some(
      nodes.map(({ source, target, permissions }) => ({
        PathOnHost: source,
        PathInContainer: target ?? source,
        CgroupPermissions: permissions,
      })),
    ),
    DeviceCgroupRules: some(textsOf(child(service, 'device_cgroup_rules'))),
    DeviceRequests: some([...(cdi.length > 0 ? [{ Driver: 'cdi', DeviceIDs: cdi }] : []), ...reserved, ...gpus]),
  });
}

/** `vendor.com/class=name`: https://github.com/cncf-tags/container-device-interface/blob/main/SPEC.md#devices */
const isCdiName = (source: string) => /^[A-Za-z][\w.-]*\/[A-Za-z][\w-]*=[\w.:-]+$/.test(source);

function deviceRequest(request: Maybe, capabilities: readonly string[]): Body {
  const ids = textsOf(child(request, 'device_ids'));
  return present({
    Driver: textAt(request, 'driver'),
    // Engines take all (-1) only when told so; without a count and without ids, the specification says all.
    Count: numberAt(request, 'count') ?? (ids.length > 0 ? undefined : -1),
    DeviceIDs: some(ids),
    Capabilities: [capabilities],
    Options: optionsOf(child(request, 'options')),
  });
}

function optionsOf(node: Maybe): Readonly<Record<string, string>> | undefined {
  const entries = entriesOf(node);
  return entries.length === 0 ? undefined : Object.fromEntries(entries.map(([key]) => [key, textAt(node, key) ?? '']));
}
