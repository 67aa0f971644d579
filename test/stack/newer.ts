/** Attributes that Docker Compose 2.26 does not know: what the Engine API is sent instead of being compared. */
export interface NewerCase {
  readonly yaml: string;
  readonly top?: string;
  /** A path into the plan of the service, `body.HostConfig.GroupAdd`, or of its `network`, and what stands there. */
  readonly at: string;
  readonly is: unknown;
}

export const newer: readonly NewerCase[] = [
  {
    yaml: 'gpus: all',
    at: 'body.HostConfig.DeviceRequests',
    is: [{ Count: -1, Capabilities: [['gpu']] }],
  },
  {
    yaml: 'gpus: [{driver: nvidia, device_ids: ["0"], capabilities: [utility], options: {a: 1}}]',
    at: 'body.HostConfig.DeviceRequests',
    is: [{ Driver: 'nvidia', DeviceIDs: ['0'], Capabilities: [['utility', 'gpu']], Options: { a: '1' } }],
  },
  { yaml: 'gpus: [{count: 2}]', at: 'body.HostConfig.DeviceRequests.0.Count', is: 2 },
  {
    yaml: 'devices: ["vendor.com/class=name"]',
    at: 'body.HostConfig.DeviceRequests',
    is: [{ Driver: 'cdi', DeviceIDs: ['vendor.com/class=name'] }],
  },
  {
    yaml: 'post_start: [{command: [touch, /x], user: root, working_dir: /tmp, privileged: true, environment: {A: "1"}}]',
    at: 'postStart',
    is: [{ command: ['touch', '/x'], user: 'root', workdir: '/tmp', environment: ['A=1'], privileged: true }],
  },
  {
    yaml: 'pre_stop: [{command: ./drain.sh now, user: app, working_dir: /app, privileged: false, environment: [A=1]}]',
    at: 'preStop',
    is: [{ command: ['./drain.sh', 'now'], user: 'app', workdir: '/app', environment: ['A=1'], privileged: false }],
  },
  {
    yaml: 'networks: {front: {interface_name: eth7}}',
    top: 'networks: {front: {}}',
    at: 'networks.0.settings.DriverOpts',
    is: { 'com.docker.network.endpoint.ifname': 'eth7' },
  },
  {
    yaml: 'networks: {front: {gw_priority: 5}}',
    top: 'networks: {front: {}}',
    at: 'networks.0.settings.GwPriority',
    is: 5,
  },
  {
    yaml: 'volumes: [{type: image, source: "shop/site:1", target: /site, image: {subpath: html}}]',
    at: 'body.HostConfig.Mounts',
    is: [{ Type: 'image', Source: 'shop/site:1', Target: '/site', ImageOptions: { Subpath: 'html' } }],
  },
  {
    yaml: 'volumes: [{type: volume, source: data, target: /data, volume: {subpath: a, labels: {b: c}}}]',
    top: 'volumes: {data: {}}',
    at: 'body.HostConfig.Mounts.0.VolumeOptions',
    is: { Subpath: 'a', Labels: { b: 'c' } },
  },
  ...(
    [
      ['disabled', 'NonRecursive'],
      ['writable', 'ReadOnlyNonRecursive'],
      ['readonly', 'ReadOnlyForceRecursive'],
    ] as const
  ).map(([word, field]) => ({
    yaml: `volumes: [{type: bind, source: /srv, target: /srv, bind: {recursive: ${word}}}]`,
    at: 'body.HostConfig.Mounts.0.BindOptions',
    is: { CreateMountpoint: true, [field]: true },
  })),
  {
    yaml: 'volumes: [{type: cluster, source: data, target: /data}]',
    top: 'volumes: {data: {}}',
    at: 'body.HostConfig.Mounts',
    is: [{ Type: 'cluster', Source: 'shop_data', Target: '/data' }],
  },
  {
    yaml: 'healthcheck: {test: [CMD, "true"], start_interval: 500ms}',
    at: 'body.Healthcheck',
    is: { Test: ['CMD', 'true'], StartInterval: 500_000_000 },
  },
  { yaml: 'external_links: ["other:alias", plain]', at: 'body.HostConfig.Links', is: ['other:alias', 'plain:plain'] },
  { yaml: 'label_file: labels', at: 'body.Labels', is: { a: '1' } },
  { yaml: 'env_file: [{path: raw, format: raw}]', at: 'body.Env', is: ['A="$B"'] },
  {
    yaml: 'networks: [front]',
    top: 'networks: {front: {enable_ipv4: false}}',
    at: 'network.body.EnableIPv4',
    is: false,
  },
  {
    yaml: 'networks: [front]',
    top: 'networks: {front: {ipam: {options: {a: b}}}}',
    at: 'network.body.IPAM.Options',
    is: { a: 'b' },
  },
  { yaml: 'pull_policy: daily', at: 'image.refreshAfterMs', is: 86_400_000 },
  { yaml: 'pull_policy: refresh\npull_refresh_after: 2h', at: 'image.refreshAfterMs', is: 7_200_000 },
];
