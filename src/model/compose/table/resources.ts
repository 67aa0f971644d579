import { type Attribute, COMPOSE_ONLY, FLAG, KEY_VALUES, NOT_SWARM, RESOURCE_NAME, row } from './attribute.ts';
import { external } from './shapes.ts';

const flag = { cast: 'boolean', becomes: 'boolean' } as const;
const labels = { becomes: 'text-mapping' } as const;
const mergedLabels = { ...labels, merge: 'key-value' } as const;

/** What services share: networks, volumes, secrets, configs and models. */
export const resourceAttributes: readonly Attribute[] = [
  row('', 'networks', 'mapping', 'The networks of the project; services on none in common cannot reach each other.', {
    keys: RESOURCE_NAME,
    open: true,
  }),
  row('networks', '*', 'mapping | null', 'One network.', { canonical: 'external' }),
  row('networks.*', 'name', 'string', 'Its name on the engine.', {
    default: '<project>_<key>',
    engine: 'network: Name',
  }),
  row('networks.*', 'driver', 'string', 'bridge on one machine, overlay over several.', {
    default: 'bridge',
    engine: 'network: Driver',
  }),
  row('networks.*', 'driver_opts', 'mapping<string|number>', 'Options of the driver.', {
    becomes: 'text-mapping',
    engine: 'network: Options',
  }),
  row('networks.*', 'ipam', 'mapping', 'Which addresses it uses; fixed ones may clash with a company network.', {
    engine: 'network: IPAM',
  }),
  row('networks.*.ipam', 'driver', 'string', 'What hands out addresses.', { engine: 'network: IPAM.Driver' }),
  row('networks.*.ipam', 'config', 'list', 'Its subnets.', { merge: 'ipam-config', engine: 'network: IPAM.Config' }),
  row('networks.*.ipam.config', '[]', 'mapping', 'One subnet.'),
  row('networks.*.ipam.config.[]', 'subnet', 'string', 'The subnet, in CIDR notation.'),
  row('networks.*.ipam.config.[]', 'ip_range', 'string', 'From which part of it containers get addresses.'),
  row('networks.*.ipam.config.[]', 'gateway', 'string', 'The address of its gateway.'),
  row('networks.*.ipam.config.[]', 'aux_addresses', 'mapping<string>', 'Addresses that are taken.', {
    noExtensions: true,
  }),
  row('networks.*.ipam', 'options', 'mapping<string>', 'Options of the address driver.', {
    unique: 'key',
    noExtensions: true,
    engine: 'network: IPAM.Options',
  }),
  ...external('networks.*', 'network', false),
  row('networks.*', 'internal', FLAG, 'No way out: its containers reach each other only.', {
    ...flag,
    default: false,
    engine: 'network: Internal',
  }),
  row('networks.*', 'enable_ipv4', FLAG, 'Whether it has IPv4 addresses.', {
    ...flag,
    default: true,
    engine: 'network: EnableIPv4',
    honoured: NOT_SWARM,
  }),
  row('networks.*', 'enable_ipv6', FLAG, 'Whether it has IPv6 addresses.', {
    ...flag,
    default: false,
    engine: 'network: EnableIPv6',
  }),
  row('networks.*', 'attachable', FLAG, 'Single containers may join an overlay network too.', {
    ...flag,
    default: false,
    engine: 'network: Attachable',
  }),
  row('networks.*', 'labels', KEY_VALUES, 'Its labels.', { ...mergedLabels, unique: 'key', engine: 'network: Labels' }),

  row('', 'volumes', 'mapping', 'The named volumes of the project: its data, which outlives containers.', {
    keys: RESOURCE_NAME,
    noExtensions: true,
  }),
  row('volumes', '*', 'mapping | null', 'One volume.', { canonical: 'external', relative: 'volume-device' }),
  row('volumes.*', 'name', 'string', 'Its name on the engine.', { default: '<project>_<key>', engine: 'volume: Name' }),
  row('volumes.*', 'driver', 'string', 'What keeps it; `local` is a directory of this machine.', {
    default: 'local',
    engine: 'volume: Driver',
  }),
  row('volumes.*', 'driver_opts', 'mapping<string|number>', 'Options of the driver.', {
    becomes: 'text-mapping',
    engine: 'volume: DriverOpts',
  }),
  ...external('volumes.*', 'volume', false),
  row('volumes.*', 'labels', KEY_VALUES, 'Its labels.', { ...mergedLabels, engine: 'volume: Labels' }),

  row('', 'secrets', 'mapping', 'The secrets of the project, given to services as files.', {
    keys: RESOURCE_NAME,
    noExtensions: true,
  }),
  row('secrets', '*', 'mapping', 'One secret.', { canonical: 'external' }),
  row('secrets.*', 'name', 'string', 'Its name on the engine.', { default: '<project>_<key>' }),
  row('secrets.*', 'environment', 'string', 'The variable of the host that holds it.', { honoured: NOT_SWARM }),
  row('secrets.*', 'file', 'string', 'The file that holds it; keep it out of the repository and of images.', {
    relative: 'unix',
  }),
  ...external('secrets.*', 'secret', true),
  row('secrets.*', 'labels', KEY_VALUES, 'Its labels.', { ...labels, honoured: ['swarm'] }),
  row('secrets.*', 'driver', 'string', 'Where it comes from, in Swarm.', { honoured: ['swarm'] }),
  row('secrets.*', 'driver_opts', 'mapping<string|number>', 'Options of the driver.', {
    becomes: 'text-mapping',
    honoured: ['swarm'],
  }),
  row('secrets.*', 'template_driver', 'string', 'Fills in its template, in Swarm.', { honoured: ['swarm'] }),

  row('', 'configs', 'mapping', 'The configuration files of the project.', { keys: RESOURCE_NAME, noExtensions: true }),
  row('configs', '*', 'mapping', 'One configuration file.', { canonical: 'external' }),
  row('configs.*', 'name', 'string', 'Its name on the engine.', { default: '<project>_<key>' }),
  row('configs.*', 'content', 'string', 'The file itself; variables in it are replaced.', { honoured: NOT_SWARM }),
  row('configs.*', 'environment', 'string', 'The variable of the host that holds it.', { honoured: NOT_SWARM }),
  row('configs.*', 'file', 'string', 'The file on the host.', { relative: 'unix' }),
  ...external('configs.*', 'config', true),
  row('configs.*', 'labels', KEY_VALUES, 'Its labels.', { ...labels, honoured: ['swarm'] }),
  row('configs.*', 'template_driver', 'string', 'Fills in its template, in Swarm.', { honoured: ['swarm'] }),

  row('', 'models', 'mapping', 'The AI models of the project, run beside it by the model runner.', {
    keys: RESOURCE_NAME,
    open: true,
    honoured: COMPOSE_ONLY,
  }),
  row('models', '*', 'mapping', 'One model.', { required: ['model'], honoured: COMPOSE_ONLY }),
  row('models.*', 'name', 'string', 'Its name.', { honoured: COMPOSE_ONLY }),
  row('models.*', 'model', 'string', 'The model, as an OCI artifact; a tag can change under you.', {
    honoured: COMPOSE_ONLY,
  }),
  row('models.*', 'context_size', 'integer', 'How many tokens it takes; decides how much memory it needs.', {
    honoured: COMPOSE_ONLY,
  }),
  row('models.*', 'runtime_flags', 'list<string>', 'Flags of the inference engine.', { honoured: COMPOSE_ONLY }),
];
