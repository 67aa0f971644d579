import {
  type Attribute,
  COMPOSE_ONLY,
  FLAG,
  KEY_VALUES,
  NOT_SWARM,
  RESOURCE_NAME,
  row,
  TEXT_OR_TEXTS,
  TEXTS,
} from './attribute.ts';
import { fileMounts } from './shapes.ts';

const service = 'services.*';
const port = `${service}.ports.[]`;
const volume = `${service}.volumes.[]`;
const network = `${service}.networks.*`;
const flag = { cast: 'boolean', becomes: 'boolean' } as const;
const here = { honoured: NOT_SWARM };

/** What a service is joined to: ports, networks, volumes, names, configs and secrets. */
export const attachmentAttributes: readonly Attribute[] = [
  ...fileMounts(service, 'configs', 'service'),
  ...fileMounts(service, 'secrets', 'service'),
  row(service, 'dns', TEXT_OR_TEXTS, 'Name servers, in place of those of the host.', {
    merge: 'key-value',
    unique: 'key',
    canonical: 'list',
    distinct: true,
    engine: 'HostConfig.Dns',
    swarm: 'TaskTemplate.ContainerSpec.DNSConfig',
  }),
  row(service, 'dns_opt', TEXTS, 'Options of the resolver.', {
    merge: 'key-value',
    unique: 'key',
    distinct: true,
    engine: 'HostConfig.DnsOptions',
  }),
  row(service, 'dns_search', TEXT_OR_TEXTS, 'Domains tried for short names.', {
    merge: 'key-value',
    unique: 'key',
    becomes: 'list',
    distinct: true,
    engine: 'HostConfig.DnsSearch',
  }),
  row(service, 'expose', 'list<string|number>', 'Documents ports; opens nothing.', {
    unique: 'value',
    becomes: 'list',
    distinct: true,
    engine: 'Config.ExposedPorts',
    ...here,
  }),
  row(service, 'external_links', TEXTS, 'Links to containers outside the project.', {
    distinct: true,
    engine: 'HostConfig.Links',
    deprecated: 'share a network instead',
    ...here,
  }),
  row(
    service,
    'extra_hosts',
    'mapping<string|list<string>> | list<string>',
    'Extra lines of /etc/hosts; an address that changes is not followed.',
    {
      merge: 'extra-hosts',
      becomes: 'hosts',
      distinct: true,
      engine: 'HostConfig.ExtraHosts',
      swarm: 'TaskTemplate.ContainerSpec.Hosts',
    },
  ),
  row(service, 'links', TEXTS, 'Names of other services; on a shared network they are found without.', {
    unique: 'key',
    distinct: true,
    engine: 'NetworkingConfig.EndpointsConfig[].Links',
    ...here,
  }),
  row(service, 'mac_address', 'string', 'A fixed hardware address: two containers cannot share it.', {
    engine: 'Config.MacAddress',
    ...here,
  }),
  row(
    service,
    'network_mode',
    'string',
    'The network of the host or of another container; `host` exposes every port it opens.',
    {
      engine: 'HostConfig.NetworkMode',
      ...here,
    },
  ),
  row(service, 'networks', `mapping | ${TEXTS}`, 'The networks it is on: who can reach it, and what it can reach.', {
    merge: 'names',
    canonical: 'names',
    distinct: true,
    keys: RESOURCE_NAME,
    noExtensions: true,
    engine: 'NetworkingConfig.EndpointsConfig',
    swarm: 'TaskTemplate.Networks',
  }),
  row(`${service}.networks`, '*', 'mapping | null', 'How it is on one network.'),
  row(network, 'aliases', TEXTS, 'Further names it has there.', {
    unique: 'key',
    distinct: true,
    engine: 'NetworkingConfig.EndpointsConfig[].Aliases',
  }),
  row(network, 'interface_name', 'string', 'The name of the interface; needs Engine 28.1.', { ...here }),
  row(network, 'ipv4_address', 'string', 'A fixed address: it cannot be scaled.', {
    engine: 'NetworkingConfig.EndpointsConfig[].IPAMConfig.IPv4Address',
    ...here,
  }),
  row(network, 'ipv6_address', 'string', 'A fixed address: it cannot be scaled.', {
    engine: 'NetworkingConfig.EndpointsConfig[].IPAMConfig.IPv6Address',
    ...here,
  }),
  row(network, 'link_local_ips', TEXTS, 'Link-local addresses.', {
    unique: 'key',
    distinct: true,
    engine: 'NetworkingConfig.EndpointsConfig[].IPAMConfig.LinkLocalIPs',
    ...here,
  }),
  row(network, 'mac_address', 'string', 'A fixed hardware address there.', {
    engine: 'NetworkingConfig.EndpointsConfig[].MacAddress',
    ...here,
  }),
  row(network, 'driver_opts', 'mapping<string|number>', 'Options of the network driver.', {
    becomes: 'text-mapping',
    engine: 'NetworkingConfig.EndpointsConfig[].DriverOpts',
  }),
  row(network, 'priority', 'number', 'The order in which networks are joined.', {
    becomes: 'integer',
    honoured: COMPOSE_ONLY,
  }),
  row(network, 'gw_priority', 'number', 'Which network gives the default route.', {
    becomes: 'integer',
    engine: 'NetworkingConfig.EndpointsConfig[].GwPriority',
    ...here,
  }),
  row(
    service,
    'ports',
    'list',
    'Ports opened on the host; on all its addresses unless told otherwise, past the firewall.',
    {
      unique: 'port',
      canonical: 'ports',
      distinct: true,
      engine: 'HostConfig.PortBindings',
      swarm: 'EndpointSpec.Ports',
    },
  ),
  row(`${service}.ports`, '[]', 'number | string | mapping', 'One port, or a range.', {
    short: '127.0.0.1:8080:80/tcp',
    long: '{target: 80, published: "8080", host_ip: 127.0.0.1}',
  }),
  row(port, 'name', 'string', 'A name for people.', { honoured: COMPOSE_ONLY }),
  row(port, 'mode', 'string', 'Through the routing mesh, or on the node itself.', {
    default: 'ingress',
    honoured: ['swarm'],
  }),
  row(port, 'host_ip', 'string', 'The address of the host; 127.0.0.1 keeps it from the outside.', {
    default: '0.0.0.0',
    ...here,
  }),
  row(port, 'target', 'integer | string', 'The port in the container.', { cast: 'integer', becomes: 'count' }),
  row(port, 'published', 'string | integer', 'The port on the host; without it a random one.', { becomes: 'text' }),
  row(port, 'protocol', 'string', 'tcp, udp or sctp.', { default: 'tcp' }),
  row(port, 'app_protocol', 'string', 'What is spoken there, for people and proxies.', { honoured: COMPOSE_ONLY }),
  row(service, 'volumes', 'list', 'What it keeps or shares: named volumes, directories of the host, memory.', {
    unique: 'volume',
    distinct: true,
    engine: 'HostConfig.Mounts',
    swarm: 'TaskTemplate.ContainerSpec.Mounts',
  }),
  row(`${service}.volumes`, '[]', 'string | mapping', 'One mount.', {
    canonical: 'volume',
    relative: 'volume-mount',
    required: ['type'],
    short: 'data:/var/lib/x:ro',
    long: '{type: volume, source: data, target: /var/lib/x, read_only: true}',
  }),
  row(volume, 'type', 'string', 'What kind of mount.', {
    oneOf: ['bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'],
  }),
  row(volume, 'source', 'string', 'The volume or directory; without it an anonymous volume that is soon an orphan.'),
  row(volume, 'target', 'string', 'Where in the container.'),
  row(volume, 'read_only', FLAG, 'The container cannot write there.', { ...flag, default: false }),
  row(volume, 'consistency', 'string', 'Of old, for Docker Desktop on a Mac; has no effect now.', {
    deprecated: 'has no effect',
  }),
  row(volume, 'bind', 'mapping', 'For a directory of the host.', { engine: 'HostConfig.Mounts[].BindOptions' }),
  row(`${volume}.bind`, 'propagation', 'string', 'Whether mounts made inside are seen outside.', {
    default: 'rprivate',
  }),
  row(
    `${volume}.bind`,
    'create_host_path',
    FLAG,
    'Makes a missing directory, as root, where an error would be better.',
    { becomes: 'boolean', default: true, ...here },
  ),
  row(`${volume}.bind`, 'recursive', 'string', 'Whether mounts below it come along.', {
    oneOf: ['enabled', 'disabled', 'writable', 'readonly'],
    ...here,
  }),
  row(`${volume}.bind`, 'selinux', 'string', 'Relabels it: z shared, Z for this container alone.', {
    oneOf: ['z', 'Z'],
    ...here,
  }),
  row(`${volume}.volume`, 'labels', KEY_VALUES, 'Labels of an anonymous volume.', {
    merge: 'key-value',
    becomes: 'text-mapping',
    ...here,
  }),
  row(volume, 'volume', 'mapping', 'For a volume.', { engine: 'HostConfig.Mounts[].VolumeOptions' }),
  row(`${volume}.volume`, 'nocopy', FLAG, 'Does not fill a new volume from the image.', { ...flag }),
  row(`${volume}.volume`, 'subpath', 'string', 'A directory inside the volume; needs Engine 26.', { ...here }),
  row(volume, 'tmpfs', 'mapping', 'For memory.', { engine: 'HostConfig.Mounts[].TmpfsOptions' }),
  row(`${volume}.tmpfs`, 'size', 'integer | string', 'How large it may grow; without it, half the memory.', {
    minimum: 0,
    becomes: 'bytes',
  }),
  row(`${volume}.tmpfs`, 'mode', 'number | string', 'Its permissions.', { becomes: 'rate' }),
  row(volume, 'image', 'mapping', 'For the files of an image; needs Engine 28.', {
    engine: 'HostConfig.Mounts[].ImageOptions',
    ...here,
  }),
  row(`${volume}.image`, 'subpath', 'string', 'A directory of the image.', { ...here }),
  row(service, 'volumes_from', TEXTS, 'All mounts of another container; hides what is really shared.', {
    distinct: true,
    engine: 'HostConfig.VolumesFrom',
    deprecated: 'name the volumes',
    ...here,
  }),
];
