/** Where we mean to differ from Docker Compose 2.26, and why. Each must be seen: a row that is no longer true fails. */
export interface KnownDifference {
  readonly fixture: string;
  /** The beginning of a path, in `web-1 container.…`; `*` is any one part. */
  readonly path: string;
  readonly because: string;
  /** The oldest Engine API with which it can be seen. */
  readonly since?: string;
}

const shortBind = 'the long form makes a missing directory by default, as the specification says; 2.26 does not';

export const knownDifferences: readonly KnownDifference[] = [
  {
    fixture: 'deploy-device-ids',
    path: 'container.HostConfig.DeviceRequests.0.Options',
    because: 'Compose 2.26 drops the options of a device; newer ones send them',
  },
  {
    fixture: 'expose-range',
    path: 'container.Config.ExposedPorts',
    because: 'Compose sends a range as one port, which is none',
  },
  {
    fixture: 'networks-driver-opts',
    path: 'container.NetworkSettings.Networks.*.DriverOpts',
    because: 'Compose 2.26 drops the options of an endpoint; newer ones send them',
  },
  {
    fixture: 'networks-ipv4-address',
    path: 'container.NetworkSettings.Networks.*.IPAddress',
    because: 'Compose sends the address twice; before the start the engine shows back what it was sent',
  },
  {
    fixture: 'networks-ipv6-address',
    path: 'container.NetworkSettings.Networks.*.IPv6Gateway',
    because: 'Compose sends the address as that of the gateway, too; the engine puts that right at the start',
  },
  {
    fixture: 'mac-address',
    path: 'container.NetworkSettings.Networks.*.MacAddress',
    because: 'Compose 2.26 drops the address of a service on the default network; newer ones send it',
    since: '1.44',
  },
  {
    fixture: 'mac-address',
    path: 'container.Config.MacAddress',
    because: 'the engine shows the address of the network here, too',
    since: '1.44',
  },
  {
    fixture: 'volumes-bind-propagation',
    path: 'container.HostConfig.Mounts.*.BindOptions.CreateMountpoint',
    because: shortBind,
    since: '1.42',
  },
  { fixture: 'volumes-bind-long', path: 'container.HostConfig.Binds', because: shortBind },
  { fixture: 'volumes-bind-long', path: 'container.HostConfig.Mounts', because: shortBind },
  { fixture: 'volumes-bind-long', path: 'container.Mounts.*.Mode', because: 'shows how it was sent' },
  { fixture: 'volumes-consistency', path: 'container.HostConfig.Binds', because: shortBind },
  {
    fixture: 'volumes-consistency',
    path: 'container.HostConfig.Mounts',
    because: `${shortBind}; consistency does nothing`,
  },
  { fixture: 'volumes-consistency', path: 'container.Mounts.*.Mode', because: 'shows how it was sent' },
  {
    fixture: 'volumes-from-read-only',
    path: 'container.HostConfig.VolumesFrom',
    because: 'Compose 2.26 drops the `:ro`, and the volumes can be written',
  },
  {
    fixture: 'volumes-from-read-only',
    path: 'container.Mounts.*.RW',
    because: 'Compose 2.26 drops the `:ro`, and the volumes can be written',
  },
];

/** Fixtures that an engine may refuse, whoever asks: then both must be told the same, and it is said. */
export const mayBeRefused: Readonly<Record<string, string>> = {
  'storage-opt': 'a size of the writable layer needs xfs with project quotas',
};

/** What Compose refuses on an older engine and we need not: the API has another place for it. */
export const onlyOurs: Readonly<Record<string, string>> = {
  'networks-mac-address': 'below API 1.44 the address of the first network is a field of the container',
};
