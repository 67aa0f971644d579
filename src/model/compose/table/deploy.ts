import { type Attribute, KEY_VALUES, row, SWARM_ONLY, TEXTS } from './attribute.ts';
import { deviceRequest } from './shapes.ts';

const deploy = 'services.*.deploy';
const resources = `${deploy}.resources`;
const integer = { cast: 'integer', becomes: 'integer' } as const;
const count = { cast: 'integer', becomes: 'count' } as const;
const float = { cast: 'float', becomes: 'float' } as const;

/** How a service is run by an orchestrator; Compose itself honours resources, replicas, labels and the restart policy. */
export const deployAttributes: readonly Attribute[] = [
  row('services.*', 'deploy', 'mapping | null', 'How many, where and within which limits the service runs.', {
    swarm: 'ServiceSpec',
    engine: 'HostConfig',
  }),
  row(deploy, 'mode', 'string', 'A number of replicas, or one on each node.', {
    default: 'replicated',
    honoured: SWARM_ONLY,
    swarm: 'Mode',
  }),
  row(deploy, 'endpoint_mode', 'string', 'A virtual address, or the addresses of all tasks in DNS.', {
    default: 'vip',
    honoured: SWARM_ONLY,
    swarm: 'EndpointSpec.Mode',
  }),
  row(deploy, 'replicas', 'integer | string', 'How many containers; one cannot be replaced without a gap.', {
    ...integer,
    default: 1,
    swarm: 'Mode.Replicated.Replicas',
  }),
  row(deploy, 'labels', KEY_VALUES, 'Labels of the service, not of its containers.', {
    merge: 'key-value',
    unique: 'key',
    becomes: 'text-mapping',
    swarm: 'Labels',
  }),
  ...change('rollback_config', 'Rolling back', 'RollbackConfig'),
  ...change('update_config', 'Updating', 'UpdateConfig'),
  row(
    deploy,
    'resources',
    'mapping',
    'What it may use and what is kept for it; without limits one service can starve the machine.',
    {
      swarm: 'TaskTemplate.Resources',
    },
  ),
  row(resources, 'limits', 'mapping', 'The most it may use.', { swarm: 'TaskTemplate.Resources.Limits' }),
  row(`${resources}.limits`, 'cpus', 'number | string', 'Processor time; beyond it the container is throttled.', {
    becomes: 'float',
    engine: 'HostConfig.NanoCpus',
    swarm: 'TaskTemplate.Resources.Limits.NanoCPUs',
  }),
  row(`${resources}.limits`, 'memory', 'string', 'Memory; beyond it the kernel kills a process of the container.', {
    becomes: 'bytes',
    engine: 'HostConfig.Memory',
    swarm: 'TaskTemplate.Resources.Limits.MemoryBytes',
  }),
  row(`${resources}.limits`, 'pids', 'integer | string', 'Processes and threads; stops a fork bomb.', {
    becomes: 'integer',
    engine: 'HostConfig.PidsLimit',
    swarm: 'TaskTemplate.Resources.Limits.Pids',
  }),
  row(resources, 'reservations', 'mapping', 'What is kept free for it.', {
    swarm: 'TaskTemplate.Resources.Reservations',
  }),
  row(`${resources}.reservations`, 'cpus', 'number | string', 'Processor time a node must have free to run it.', {
    becomes: 'float',
    honoured: SWARM_ONLY,
    swarm: 'TaskTemplate.Resources.Reservations.NanoCPUs',
  }),
  row(
    `${resources}.reservations`,
    'memory',
    'string',
    'Memory a node must have free; on one machine a soft limit under pressure.',
    {
      becomes: 'bytes',
      engine: 'HostConfig.MemoryReservation',
      swarm: 'TaskTemplate.Resources.Reservations.MemoryBytes',
    },
  ),
  row(`${resources}.reservations`, 'generic_resources', 'list', 'Resources the nodes were declared to have, as GPUs.', {
    honoured: SWARM_ONLY,
    swarm: 'TaskTemplate.Resources.Reservations.GenericResources',
  }),
  row(`${resources}.reservations.generic_resources`, '[]', 'mapping', 'One kind of resource.', {
    honoured: SWARM_ONLY,
  }),
  row(`${resources}.reservations.generic_resources.[]`, 'discrete_resource_spec', 'mapping', 'A countable resource.', {
    honoured: SWARM_ONLY,
  }),
  row(`${resources}.reservations.generic_resources.[].discrete_resource_spec`, 'kind', 'string', 'Its name.', {
    honoured: SWARM_ONLY,
  }),
  row(
    `${resources}.reservations.generic_resources.[].discrete_resource_spec`,
    'value',
    'number | string',
    'How many of it.',
    {
      becomes: 'integer',
      honoured: SWARM_ONLY,
    },
  ),
  row(`${resources}.reservations`, 'devices', 'list', 'Devices (GPUs) kept for the container.', {
    engine: 'HostConfig.DeviceRequests',
    honoured: ['compose', 'podman'],
  }),
  row(`${resources}.reservations.devices`, '[]', 'mapping', 'One request for devices.', {
    required: ['capabilities'],
    honoured: ['compose', 'podman'],
  }),
  ...deviceRequest(`${resources}.reservations.devices.[]`),
  row(deploy, 'restart_policy', 'mapping', 'What happens when the container ends.', {
    engine: 'HostConfig.RestartPolicy',
    swarm: 'TaskTemplate.RestartPolicy',
  }),
  row(`${deploy}.restart_policy`, 'condition', 'string', 'When to restart: none, on-failure or any.', {
    default: 'any',
    engine: 'HostConfig.RestartPolicy.Name',
  }),
  row(`${deploy}.restart_policy`, 'delay', 'string', 'The wait before a restart.', {
    becomes: 'duration',
    default: '0s',
    honoured: SWARM_ONLY,
  }),
  row(
    `${deploy}.restart_policy`,
    'max_attempts',
    'integer | string',
    'How often before giving up; then the service stays down.',
    {
      ...count,
      engine: 'HostConfig.RestartPolicy.MaximumRetryCount',
    },
  ),
  row(`${deploy}.restart_policy`, 'window', 'string', 'How long it must live for a start to count as good.', {
    becomes: 'duration',
    default: '0s',
    honoured: SWARM_ONLY,
  }),
  row(deploy, 'placement', 'mapping', 'On which nodes it may run.', {
    honoured: SWARM_ONLY,
    swarm: 'TaskTemplate.Placement',
  }),
  row(
    `${deploy}.placement`,
    'constraints',
    TEXTS,
    'Conditions a node must meet; one none meets leaves the service pending for ever.',
    {
      honoured: SWARM_ONLY,
    },
  ),
  row(`${deploy}.placement`, 'preferences', 'list', 'How to spread it over nodes.', { honoured: SWARM_ONLY }),
  row(`${deploy}.placement.preferences`, '[]', 'mapping', 'One preference.', { honoured: SWARM_ONLY }),
  row(`${deploy}.placement.preferences.[]`, 'spread', 'string', 'The node label to spread over.', {
    honoured: SWARM_ONLY,
  }),
  row(`${deploy}.placement`, 'max_replicas_per_node', 'integer | string', 'Keeps replicas from sharing one node.', {
    ...count,
    honoured: SWARM_ONLY,
  }),
];

function change(name: string, doing: string, swarm: string): Attribute[] {
  const at = `${deploy}.${name}`;
  const honoured = SWARM_ONLY;
  return [
    row(deploy, name, 'mapping', `${doing} a running service.`, { honoured, swarm }),
    row(at, 'parallelism', 'integer | string', `${doing}: how many containers at once; 0 is all of them, an outage.`, {
      ...count,
      honoured,
    }),
    row(at, 'delay', 'string', `${doing}: the wait between groups.`, { becomes: 'duration', default: '0s', honoured }),
    row(at, 'failure_action', 'string', `${doing}: what to do when it fails.`, { default: 'pause', honoured }),
    row(at, 'monitor', 'string', `${doing}: how long each task is watched for failure.`, {
      becomes: 'duration',
      default: '5s',
      honoured,
    }),
    row(at, 'max_failure_ratio', 'number | string', `${doing}: how many may fail.`, { ...float, default: 0, honoured }),
    row(at, 'order', 'string', `${doing}: stop-first leaves a gap, start-first overlaps.`, {
      oneOf: ['start-first', 'stop-first'],
      default: 'stop-first',
      honoured,
    }),
  ];
}
