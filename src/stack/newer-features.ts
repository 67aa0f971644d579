import type { Body } from './plan.ts';

/** A field that an older engine would ignore in silence, and since which Engine API it is known. */
export interface NewerFeature {
  readonly since: string;
  /** Compose's name. */
  readonly attribute: string;
  /** Where in the request: `[]` is any element of a list, `*` any key. */
  readonly field: readonly string[];
}

/** https://docs.docker.com/reference/api/engine/version-history/ */
export const newerContainerFeatures: readonly NewerFeature[] = [
  { since: '1.43', attribute: 'annotations', field: ['HostConfig', 'Annotations'] },
  { since: '1.44', attribute: 'healthcheck.start_interval', field: ['Healthcheck', 'StartInterval'] },
  ...['ReadOnlyNonRecursive', 'ReadOnlyForceRecursive'].map((name) => ({
    since: '1.44',
    attribute: 'volumes.bind.recursive',
    field: ['HostConfig', 'Mounts', '[]', 'BindOptions', name],
  })),
  {
    since: '1.45',
    attribute: 'volumes.volume.subpath',
    field: ['HostConfig', 'Mounts', '[]', 'VolumeOptions', 'Subpath'],
  },
  { since: '1.48', attribute: 'volumes.image', field: ['HostConfig', 'Mounts', '[]', 'ImageOptions'] },
];

export const newerEndpointFeatures: readonly NewerFeature[] = [
  { since: '1.48', attribute: 'networks.gw_priority', field: ['GwPriority'] },
  {
    since: '1.49',
    attribute: 'networks.interface_name',
    field: ['DriverOpts', 'com.docker.network.endpoint.ifname'],
  },
];

export const newerNetworkFeatures: readonly NewerFeature[] = [
  { since: '1.48', attribute: 'enable_ipv4', field: ['EnableIPv4'] },
];

/** The body without what this API version does not know; `missed` hears of each. */
export function withoutNewer<T extends Body>(
  body: T,
  features: readonly NewerFeature[],
  apiVersion: string,
  missed: (feature: NewerFeature) => void,
): T {
  let result: unknown = body;
  for (const feature of features) {
    if (!isOlder(apiVersion, feature.since)) continue;
    const [rest, found] = without(result, feature.field);
    if (!found) continue;
    missed(feature);
    result = rest;
  }
  return result as T;
}

function without(value: unknown, [key = '', ...deeper]: readonly string[]): [rest: unknown, found: boolean] {
  if (key === '[]') {
    if (!Array.isArray(value)) return [value, false];
    const items = value.map((item: unknown) => without(item, deeper));
    return [items.map(([item]) => item), items.some(([, found]) => found)];
  }
  if (typeof value !== 'object' || value === null || !(key in value)) return [value, false];
  const { [key]: inner, ...others } = value as Record<string, unknown>;
  if (deeper.length === 0) return [others, true];
  const [rest, found] = without(inner, deeper);
  return found ? [{ ...others, [key]: rest }, true] : [value, false];
}

/** By numbers: 1.5 is older than 1.41. */
export function isOlder(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
