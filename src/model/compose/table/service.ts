import { type Attribute, COMPOSE_ONLY, FLAG, KEY_VALUES, NOT_SWARM, RESOURCE_NAME, row, TEXTS } from './attribute.ts';
import { deviceRequest, hooks } from './shapes.ts';

const service = 'services.*';
const flag = { cast: 'boolean', becomes: 'boolean' } as const;

/** What a service runs, as whom, and how it is started, watched and stopped. */
export const serviceAttributes: readonly Attribute[] = [
  row('', 'services', 'mapping', 'The containers of the project.', { keys: RESOURCE_NAME, noExtensions: true }),
  row('services', '*', 'mapping', 'One service: the same container, once or several times.'),
  row(service, 'annotations', KEY_VALUES, 'OCI annotations of the container, for runtimes that read them.', {
    merge: 'key-value',
    unique: 'key',
    becomes: 'text-mapping',
    engine: 'HostConfig.Annotations',
    honoured: NOT_SWARM,
  }),
  row(service, 'attach', FLAG, 'Whether `up` in the foreground shows its logs.', {
    becomes: 'boolean',
    default: true,
    honoured: COMPOSE_ONLY,
  }),
  row(
    service,
    'command',
    'null | string | list<string>',
    'What the container runs; a string is split into words, with no shell.',
    {
      merge: 'replace',
      becomes: 'command',
      engine: 'Config.Cmd',
      swarm: 'TaskTemplate.ContainerSpec.Args',
    },
  ),
  row(service, 'entrypoint', 'null | string | list<string>', 'Replaces the image entrypoint, and discards its CMD.', {
    merge: 'replace',
    becomes: 'command',
    engine: 'Config.Entrypoint',
    swarm: 'TaskTemplate.ContainerSpec.Command',
  }),
  row(service, 'container_name', 'string', 'A fixed name: the service cannot be scaled, nor run twice on one host.', {
    pattern: /[a-zA-Z0-9][a-zA-Z0-9_.-]+/,
    engine: 'name',
    honoured: NOT_SWARM,
  }),
  row(
    service,
    'depends_on',
    `mapping | ${TEXTS}`,
    'What starts first; without service_healthy, only started, not ready.',
    {
      merge: 'depends-on',
      canonical: 'depends-on',
      distinct: true,
      keys: RESOURCE_NAME,
      noExtensions: true,
      short: '[db]',
      long: '{db: {condition: service_healthy}}',
      honoured: NOT_SWARM,
    },
  ),
  row(`${service}.depends_on`, '*', 'mapping', 'One service that starts first.', {
    required: ['condition'],
    honoured: NOT_SWARM,
  }),
  row(`${service}.depends_on.*`, 'condition', 'string', 'Started, healthy, or ended well.', {
    oneOf: ['service_started', 'service_healthy', 'service_completed_successfully'],
    default: 'service_started',
    honoured: NOT_SWARM,
  }),
  row(`${service}.depends_on.*`, 'required', 'boolean', 'When false, it may be missing or fail.', {
    ...flag,
    default: true,
    honoured: NOT_SWARM,
  }),
  row(
    `${service}.depends_on.*`,
    'restart',
    FLAG,
    'Restarts this service when Compose restarts the other; not when it crashes.',
    {
      ...flag,
      default: false,
      honoured: COMPOSE_ONLY,
    },
  ),
  row(
    service,
    'env_file',
    'string | list',
    'Files of variables; what they hold is in the container environment, readable by inspect.',
    {
      merge: 'key-value',
      unique: 'env-file',
      canonical: 'env-files',
      engine: 'Config.Env',
    },
  ),
  row(`${service}.env_file`, '[]', 'string | mapping', 'One file of variables.', {
    required: ['path'],
    noExtensions: true,
  }),
  row(`${service}.env_file.[]`, 'path', 'string', 'The file; often not committed, so missing on a fresh checkout.', {
    relative: 'path',
  }),
  row(
    `${service}.env_file.[]`,
    'format',
    'string',
    '`raw` takes values as they are, with neither quotes nor variables.',
    { honoured: COMPOSE_ONLY },
  ),
  row(`${service}.env_file.[]`, 'required', FLAG, 'When false, the file may be missing.', {
    ...flag,
    default: true,
    honoured: COMPOSE_ONLY,
  }),
  row(
    service,
    'environment',
    KEY_VALUES,
    'Variables of the container; anybody who can inspect it can read them, so no secrets.',
    {
      merge: 'key-value',
      unique: 'key',
      becomes: 'mapping',
      engine: 'Config.Env',
      swarm: 'TaskTemplate.ContainerSpec.Env',
    },
  ),
  row(service, 'extends', 'string | mapping', 'Starts from another service, perhaps of another file.', {
    canonical: 'extends',
    required: ['service'],
    noExtensions: true,
    honoured: NOT_SWARM,
  }),
  row(`${service}.extends`, 'service', 'string', 'The service to start from.', { honoured: NOT_SWARM }),
  row(`${service}.extends`, 'file', 'string', 'The file it is in.', { relative: 'extends', honoured: NOT_SWARM }),
  row(
    service,
    'provider',
    'mapping',
    'Something else than a container provides it: Compose calls a program of that name.',
    {
      required: ['type'],
      honoured: COMPOSE_ONLY,
    },
  ),
  row(`${service}.provider`, 'type', 'string', 'The program, which runs on the host with your rights.', {
    honoured: COMPOSE_ONLY,
  }),
  row(
    `${service}.provider`,
    'options',
    'mapping<string|number|boolean|list<string|number|boolean>>',
    'What it is told.',
    { becomes: 'options', honoured: COMPOSE_ONLY },
  ),
  row(service, 'healthcheck', 'mapping', 'How the engine knows the app works; without it, running counts as well.', {
    engine: 'Config.Healthcheck',
    swarm: 'TaskTemplate.ContainerSpec.Healthcheck',
  }),
  row(`${service}.healthcheck`, 'disable', FLAG, 'Switches off the check of the image.', {
    ...flag,
    engine: 'Config.Healthcheck.Test',
  }),
  row(
    `${service}.healthcheck`,
    'interval',
    'string',
    'The time between checks; the first comes one interval after the start.',
    {
      becomes: 'duration',
      default: '30s',
      engine: 'Config.Healthcheck.Interval',
    },
  ),
  row(`${service}.healthcheck`, 'retries', 'number | string', 'How many failures in a row make it unhealthy.', {
    cast: 'integer',
    becomes: 'count',
    default: 3,
    engine: 'Config.Healthcheck.Retries',
  }),
  row(
    `${service}.healthcheck`,
    'test',
    'string | list<string>',
    'The command: CMD, CMD-SHELL (needs a shell in the image) or NONE.',
    {
      merge: 'replace',
      becomes: 'health-test',
      engine: 'Config.Healthcheck.Test',
    },
  ),
  row(`${service}.healthcheck`, 'timeout', 'string', 'How long one check may take.', {
    becomes: 'duration',
    default: '30s',
    engine: 'Config.Healthcheck.Timeout',
  }),
  row(`${service}.healthcheck`, 'start_period', 'string', 'How long failures do not count after the start.', {
    becomes: 'duration',
    default: '0s',
    engine: 'Config.Healthcheck.StartPeriod',
  }),
  row(
    `${service}.healthcheck`,
    'start_interval',
    'string',
    'The time between checks during the start period; needs Engine 25.',
    {
      becomes: 'duration',
      default: '5s',
      engine: 'Config.Healthcheck.StartInterval',
      honoured: COMPOSE_ONLY,
    },
  ),
  row(service, 'hostname', 'string', 'The host name inside the container.', { engine: 'Config.Hostname' }),
  row(service, 'domainname', 'string', 'The NIS domain inside the container.', {
    engine: 'Config.Domainname',
    honoured: NOT_SWARM,
  }),
  row(service, 'image', 'string', 'The image; a tag can change under you, a digest cannot.', {
    engine: 'Config.Image',
    swarm: 'TaskTemplate.ContainerSpec.Image',
  }),
  row(service, 'init', FLAG, 'Puts a tiny init as process 1, which passes signals on and reaps zombies.', {
    ...flag,
    default: false,
    engine: 'HostConfig.Init',
    swarm: 'TaskTemplate.ContainerSpec.Init',
  }),
  row(service, 'isolation', 'string', 'Container isolation technology, on Windows.', {
    engine: 'HostConfig.Isolation',
  }),
  row(service, 'labels', KEY_VALUES, 'Labels of the containers, which proxies and monitors read.', {
    merge: 'key-value',
    unique: 'key',
    becomes: 'text-mapping',
    engine: 'Config.Labels',
    swarm: 'TaskTemplate.ContainerSpec.Labels',
  }),
  row(service, 'label_file', 'string | list<string>', 'Files of labels.', {
    merge: 'key-value',
    canonical: 'list',
    engine: 'Config.Labels',
    honoured: COMPOSE_ONLY,
  }),
  row(`${service}.label_file`, '[]', 'string', 'One file of labels.', { relative: 'path', honoured: COMPOSE_ONLY }),
  row(
    service,
    'logging',
    'mapping',
    'Where its output goes; json-file keeps every line for ever unless told otherwise.',
    {
      merge: 'logging',
      engine: 'HostConfig.LogConfig',
      swarm: 'TaskTemplate.LogDriver',
    },
  ),
  row(`${service}.logging`, 'driver', 'string', 'The logging driver.', {
    default: 'json-file',
    engine: 'HostConfig.LogConfig.Type',
  }),
  row(`${service}.logging`, 'options', 'mapping<string|number|null>', 'Its options, as max-size and max-file.', {
    becomes: 'text-mapping',
    engine: 'HostConfig.LogConfig.Config',
  }),
  row(service, 'models', `mapping | ${TEXTS}`, 'AI models the service uses, run by the model runner.', {
    merge: 'names',
    canonical: 'names',
    distinct: true,
    open: true,
    honoured: COMPOSE_ONLY,
  }),
  row(`${service}.models`, '*', 'mapping | null', 'One model.', { honoured: COMPOSE_ONLY }),
  row(`${service}.models.*`, 'endpoint_var', 'string', 'The variable that tells its address.', {
    honoured: COMPOSE_ONLY,
  }),
  row(`${service}.models.*`, 'model_var', 'string', 'The variable that tells its name.', { honoured: COMPOSE_ONLY }),
  row(
    service,
    'platform',
    'string',
    'The platform of the image; another than the machine has runs under slow emulation.',
    {
      engine: 'platform',
      honoured: NOT_SWARM,
    },
  ),
  ...hooks(service, 'pre_start'),
  ...hooks(service, 'post_start'),
  ...hooks(service, 'pre_stop'),
  row(service, 'profiles', TEXTS, 'The service only exists when one of these is asked for.', {
    unique: 'key',
    distinct: true,
    honoured: COMPOSE_ONLY,
  }),
  row(
    service,
    'pull_policy',
    'string',
    'When the image is pulled; `always` changes what runs without a change of the file.',
    {
      pattern: /always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+/,
      default: 'missing',
      honoured: NOT_SWARM,
    },
  ),
  row(service, 'pull_refresh_after', 'string', 'How old a pulled image may be before `refresh` pulls it again.', {
    honoured: COMPOSE_ONLY,
  }),
  row(
    service,
    'restart',
    'string',
    'What happens when the container ends; without it, it stays down after a crash or reboot.',
    {
      default: 'no',
      engine: 'HostConfig.RestartPolicy',
      honoured: NOT_SWARM,
    },
  ),
  row(service, 'runtime', 'string', 'Another OCI runtime, as runsc or nvidia; it must be on every host.', {
    engine: 'HostConfig.Runtime',
    honoured: NOT_SWARM,
  }),
  row(service, 'scale', 'integer | string', 'How many containers; `deploy.replicas` says the same.', {
    cast: 'integer',
    becomes: 'integer',
    honoured: COMPOSE_ONLY,
  }),
  row(service, 'stdin_open', FLAG, 'Keeps its input open.', { ...flag, engine: 'Config.OpenStdin' }),
  row(
    service,
    'stop_grace_period',
    'string',
    'How long it may take to end after the stop signal, before it is killed.',
    {
      becomes: 'duration',
      default: '10s',
      engine: 'Config.StopTimeout',
      swarm: 'TaskTemplate.ContainerSpec.StopGracePeriod',
    },
  ),
  row(service, 'stop_signal', 'string', 'The signal that asks it to end.', {
    default: 'SIGTERM',
    engine: 'Config.StopSignal',
    swarm: 'TaskTemplate.ContainerSpec.StopSignal',
  }),
  row(service, 'tty', FLAG, 'Gives it a terminal; its log then mixes output and errors.', {
    ...flag,
    engine: 'Config.Tty',
  }),
  row(
    service,
    'use_api_socket',
    'boolean',
    'Hands it the socket of the engine and registry credentials: it is root on the host.',
    { honoured: COMPOSE_ONLY },
  ),
  row(service, 'user', 'string', 'As whom it runs; without it, as the image says, which is often root.', {
    engine: 'Config.User',
    swarm: 'TaskTemplate.ContainerSpec.User',
  }),
  row(service, 'working_dir', 'string', 'The directory it starts in.', {
    engine: 'Config.WorkingDir',
    swarm: 'TaskTemplate.ContainerSpec.Dir',
  }),
  row(service, 'gpus', 'string | list', 'Asks for GPUs.', {
    canonical: 'gpus',
    oneOf: ['all'],
    engine: 'HostConfig.DeviceRequests',
    honoured: COMPOSE_ONLY,
  }),
  row(`${service}.gpus`, '[]', 'mapping', 'One request for GPUs.', { open: true, honoured: COMPOSE_ONLY }),
  ...deviceRequest(`${service}.gpus.[]`),
];
