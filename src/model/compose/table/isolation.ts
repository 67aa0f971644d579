import { type Attribute, COMPOSE_ONLY, FLAG, KEY_VALUES, NOT_SWARM, row, TEXT_OR_TEXTS, TEXTS } from './attribute.ts';
import { ulimits } from './shapes.ts';

const service = 'services.*';
const flag = { cast: 'boolean', becomes: 'boolean' } as const;
const integer = { cast: 'integer', becomes: 'integer' } as const;
const here = { honoured: NOT_SWARM };

/** What a service may do on the machine, and how much of it it may use. */
export const isolationAttributes: readonly Attribute[] = [
  row(service, 'blkio_config', 'mapping', 'Limits on disk input and output; cgroup v2 honours only part of them.', {
    noExtensions: true,
    engine: 'HostConfig.Blkio*',
    ...here,
  }),
  row(`${service}.blkio_config`, 'weight', 'integer | string', 'Its share of the disk against others, 10 to 1000.', {
    becomes: 'rate',
    engine: 'HostConfig.BlkioWeight',
    ...here,
  }),
  row(`${service}.blkio_config`, 'weight_device', 'list', 'The same for single devices.', {
    engine: 'HostConfig.BlkioWeightDevice',
    ...here,
  }),
  row(`${service}.blkio_config.weight_device`, '[]', 'mapping', 'One device.', { noExtensions: true, ...here }),
  row(`${service}.blkio_config.weight_device.[]`, 'path', 'string', 'The device.', here),
  row(`${service}.blkio_config.weight_device.[]`, 'weight', 'integer | string', 'Its share.', {
    becomes: 'rate',
    ...here,
  }),
  ...throttle('device_read_bps', 'BlkioDeviceReadBps', 'Bytes read in a second'),
  ...throttle('device_read_iops', 'BlkioDeviceReadIOps', 'Reads in a second'),
  ...throttle('device_write_bps', 'BlkioDeviceWriteBps', 'Bytes written in a second'),
  ...throttle('device_write_iops', 'BlkioDeviceWriteIOps', 'Writes in a second'),
  row(service, 'cap_add', TEXTS, 'Gives kernel capabilities; ALL or SYS_ADMIN is close to root on the host.', {
    unique: 'key',
    distinct: true,
    engine: 'HostConfig.CapAdd',
    swarm: 'TaskTemplate.ContainerSpec.CapabilityAdd',
  }),
  row(service, 'cap_drop', TEXTS, 'Takes capabilities away; drop ALL and add back the few needed.', {
    unique: 'key',
    distinct: true,
    engine: 'HostConfig.CapDrop',
    swarm: 'TaskTemplate.ContainerSpec.CapabilityDrop',
  }),
  row(service, 'cgroup', 'string', 'Its own cgroup namespace, or the one of the host.', {
    oneOf: ['host', 'private'],
    engine: 'HostConfig.CgroupnsMode',
    ...here,
  }),
  row(service, 'cgroup_parent', 'string', 'The cgroup it is put under.', {
    engine: 'HostConfig.CgroupParent',
    ...here,
  }),
  row(service, 'cpu_count', 'string | integer', 'Processors, on Windows.', {
    ...integer,
    minimum: 0,
    engine: 'HostConfig.CpuCount',
    ...here,
  }),
  row(service, 'cpu_percent', 'string | integer', 'Share of the processors, on Windows.', {
    cast: 'float',
    becomes: 'float',
    minimum: 0,
    maximum: 100,
    engine: 'HostConfig.CpuPercent',
    ...here,
  }),
  row(service, 'cpu_shares', 'number | string', 'Its weight against others when the processors are busy; no limit.', {
    ...integer,
    engine: 'HostConfig.CpuShares',
    ...here,
  }),
  row(service, 'cpu_quota', 'number | string', 'Processor time in each period.', {
    ...integer,
    engine: 'HostConfig.CpuQuota',
    ...here,
  }),
  row(service, 'cpu_period', 'number | string', 'The period of the quota, in microseconds.', {
    ...integer,
    engine: 'HostConfig.CpuPeriod',
    ...here,
  }),
  row(service, 'cpu_rt_period', 'number | string', 'The period of real-time scheduling.', {
    ...integer,
    engine: 'HostConfig.CpuRealtimePeriod',
    ...here,
  }),
  row(service, 'cpu_rt_runtime', 'number | string', 'The time of real-time scheduling in each period.', {
    ...integer,
    engine: 'HostConfig.CpuRealtimeRuntime',
    ...here,
  }),
  row(
    service,
    'cpus',
    'number | string',
    'How many processors it may use; must agree with deploy.resources.limits.cpus.',
    {
      cast: 'float',
      becomes: 'float',
      engine: 'HostConfig.NanoCpus',
      ...here,
    },
  ),
  row(service, 'cpuset', 'string', 'On which processors it may run.', { engine: 'HostConfig.CpusetCpus', ...here }),
  row(service, 'credential_spec', 'mapping', 'A group-managed service account, on Windows.', {
    engine: 'HostConfig.SecurityOpt',
    swarm: 'TaskTemplate.ContainerSpec.Privileges.CredentialSpec',
  }),
  row(`${service}.credential_spec`, 'config', 'string', 'From this config.', { honoured: ['swarm'] }),
  row(`${service}.credential_spec`, 'file', 'string', 'From this file.'),
  row(`${service}.credential_spec`, 'registry', 'string', 'From this key of the Windows registry.'),
  row(service, 'device_cgroup_rules', TEXTS, 'Which device nodes it may use, by number.', {
    distinct: true,
    engine: 'HostConfig.DeviceCgroupRules',
    ...here,
  }),
  row(service, 'devices', 'list', 'Devices of the host it is given; ties it to that host.', {
    unique: 'device',
    engine: 'HostConfig.Devices',
    ...here,
  }),
  row(`${service}.devices`, '[]', 'string | mapping', 'One device.', {
    canonical: 'device',
    required: ['source'],
    short: '/dev/x:/dev/y:rwm',
    long: '{source: /dev/x, target: /dev/y, permissions: rwm}',
    ...here,
  }),
  row(`${service}.devices.[]`, 'source', 'string', 'The device on the host, or its CDI name.', here),
  row(`${service}.devices.[]`, 'target', 'string', 'The device in the container.', { default: '<source>', ...here }),
  row(`${service}.devices.[]`, 'permissions', 'string', 'Read, write, make nodes.', { default: 'rwm', ...here }),
  row(service, 'group_add', 'list<string|number>', 'Further groups of its user.', {
    distinct: true,
    becomes: 'list',
    engine: 'HostConfig.GroupAdd',
    swarm: 'TaskTemplate.ContainerSpec.Groups',
  }),
  row(service, 'ipc', 'string', 'Its own shared memory, or that of the host or another container.', {
    engine: 'HostConfig.IpcMode',
    ...here,
  }),
  row(service, 'mem_limit', 'number | string', 'Memory; beyond it the kernel kills a process of the container.', {
    becomes: 'bytes',
    engine: 'HostConfig.Memory',
    ...here,
  }),
  row(service, 'mem_reservation', 'string | integer', 'A soft limit, under pressure only.', {
    becomes: 'bytes',
    engine: 'HostConfig.MemoryReservation',
    ...here,
  }),
  row(service, 'mem_swappiness', 'integer | string', 'How readily its memory is swapped, 0 to 100; cgroup v1 only.', {
    becomes: 'bytes',
    engine: 'HostConfig.MemorySwappiness',
    ...here,
  }),
  row(service, 'memswap_limit', 'number | string', 'Memory and swap together; -1 is without limit.', {
    becomes: 'bytes',
    engine: 'HostConfig.MemorySwap',
    ...here,
  }),
  row(
    service,
    'oom_kill_disable',
    FLAG,
    'Never kills it for memory: without a limit the whole machine hangs instead.',
    {
      ...flag,
      engine: 'HostConfig.OomKillDisable',
      ...here,
    },
  ),
  row(service, 'oom_score_adj', 'string | integer', 'How likely it is killed when the machine runs out of memory.', {
    ...integer,
    minimum: -1000,
    maximum: 1000,
    engine: 'HostConfig.OomScoreAdj',
    swarm: 'TaskTemplate.ContainerSpec.OomScoreAdj',
  }),
  row(service, 'pid', 'string | null', 'Its own process numbers, or those of the host or another container.', {
    engine: 'HostConfig.PidMode',
    ...here,
  }),
  row(service, 'pids_limit', 'number | string', 'Processes and threads; stops a fork bomb.', {
    ...integer,
    engine: 'HostConfig.PidsLimit',
    ...here,
  }),
  row(service, 'privileged', FLAG, 'All capabilities and devices: root in the container is root on the host.', {
    ...flag,
    default: false,
    engine: 'HostConfig.Privileged',
    ...here,
  }),
  row(
    service,
    'read_only',
    FLAG,
    'A root file system nobody can change; what must be written needs a volume or tmpfs.',
    {
      ...flag,
      default: false,
      engine: 'HostConfig.ReadonlyRootfs',
      swarm: 'TaskTemplate.ContainerSpec.ReadOnly',
    },
  ),
  row(service, 'security_opt', TEXTS, 'seccomp, AppArmor, SELinux and no-new-privileges.', {
    distinct: true,
    engine: 'HostConfig.SecurityOpt',
    ...here,
  }),
  row(
    service,
    'shm_size',
    'number | string',
    'Size of /dev/shm, 64 MB by default; browsers and Postgres may need more.',
    {
      becomes: 'bytes',
      default: '64m',
      engine: 'HostConfig.ShmSize',
      ...here,
    },
  ),
  row(service, 'storage_opt', 'mapping', 'Options of the storage driver, as a size of the writable layer.', {
    open: true,
    becomes: 'texts',
    engine: 'HostConfig.StorageOpt',
    honoured: COMPOSE_ONLY,
  }),
  row(service, 'sysctls', KEY_VALUES, 'Kernel parameters of its namespaces.', {
    merge: 'key-value',
    unique: 'key',
    becomes: 'text-mapping',
    engine: 'HostConfig.Sysctls',
    swarm: 'TaskTemplate.ContainerSpec.Sysctls',
  }),
  row(service, 'tmpfs', TEXT_OR_TEXTS, 'Directories in memory; without a size they may use half the machine memory.', {
    merge: 'key-value',
    unique: 'key',
    becomes: 'list',
    engine: 'HostConfig.Tmpfs',
    swarm: 'TaskTemplate.ContainerSpec.Mounts',
  }),
  ...ulimits(service, 'HostConfig.Ulimits'),
  row(service, 'userns_mode', 'string', 'User namespace; `host` undoes the remapping of the daemon.', {
    engine: 'HostConfig.UsernsMode',
    ...here,
  }),
  row(service, 'uts', 'string', 'Its own host name, or that of the host.', { engine: 'HostConfig.UTSMode', ...here }),
];

function throttle(name: string, engine: string, what: string): Attribute[] {
  const at = `${service}.blkio_config.${name}`;
  return [
    row(`${service}.blkio_config`, name, 'list', `${what}, for single devices.`, {
      engine: `HostConfig.${engine}`,
      ...here,
    }),
    row(at, '[]', 'mapping', 'One device.', { noExtensions: true, ...here }),
    row(`${at}.[]`, 'path', 'string', 'The device.', here),
    row(`${at}.[]`, 'rate', 'integer | string', 'The most.', { becomes: 'bytes', ...here }),
  ];
}
