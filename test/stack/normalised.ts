/** What the engine tells of a project, without what must differ between two runs of one file. */

export interface Side {
  readonly project: string;
  /** What these variables of the fixtures are on this side. */
  readonly SIDE: string;
  readonly SUBNET: string;
  /** Container ids, by a name for them: `web-1`. */
  readonly ids: ReadonlyMap<string, string>;
}

/** A field that is not compared, and why. `*` is any one part of a path; the path may go on. */
interface Ignored {
  readonly path: string;
  readonly because: string;
  /** Only that it is there is compared. */
  readonly present?: true;
}

export const ignored: readonly Ignored[] = [
  { path: 'container.Id', because: 'made by the engine' },
  { path: 'container.Created', because: 'a time' },
  { path: 'container.State', because: 'nothing was started; it holds times and process numbers' },
  { path: 'container.ResolvConfPath', because: 'holds the id' },
  { path: 'container.HostnamePath', because: 'holds the id' },
  { path: 'container.HostsPath', because: 'holds the id' },
  { path: 'container.LogPath', because: 'holds the id' },
  { path: 'container.GraphDriver.Data', because: 'folders of the storage driver' },
  { path: 'container.NetworkSettings.SandboxID', because: 'made by the engine' },
  { path: 'container.NetworkSettings.SandboxKey', because: 'made by the engine' },
  { path: 'container.NetworkSettings.Networks.*.NetworkID', because: 'made by the engine' },
  { path: 'container.NetworkSettings.Networks.*.EndpointID', because: 'made by the engine' },
  { path: 'container.Mounts.*.Name', because: 'an anonymous volume is named by the engine', present: true },
  { path: 'container.Mounts.*.Source', because: 'holds the name of the volume', present: true },
  { path: 'network.Id', because: 'made by the engine' },
  { path: 'network.Created', because: 'a time' },
  { path: 'network.Containers', because: 'ids and addresses; the containers say themselves where they are' },
  { path: 'volume.CreatedAt', because: 'a time' },
  { path: 'volume.Mountpoint', because: 'holds the name' },
];

/** Lists in which the order means nothing: Compose makes them of Go maps, whose order is random. */
export const unordered: readonly string[] = [
  'container.Config.Env',
  'container.HostConfig.Binds',
  'container.HostConfig.Mounts',
  'container.HostConfig.ExtraHosts',
  'container.HostConfig.Ulimits',
  'container.HostConfig.Links',
  'container.NetworkSettings.Networks.*.Links',
  'container.Mounts',
];

/** Labels that say who made it, and nothing of what the file says. */
const ownLabels = /^(?:com\.docker\.compose\.|seaworthy\.)/;

/** Every value by its path: `container.HostConfig.Memory` is `67108864`. */
export function normalised(kind: 'container' | 'network' | 'volume', raw: unknown, side: Side): Map<string, string> {
  const found = new Map<string, string>();
  flatten(found, [kind], renamed(raw, side));
  return found;
}

function renamed(raw: unknown, { project, SIDE, SUBNET, ids }: Side): unknown {
  let text = JSON.stringify(raw).replaceAll(project, '<project>');
  for (const [name, id] of ids)
    if (text.includes(id.slice(0, 12)))
      text = text.replaceAll(id, `<${name}>`).replaceAll(id.slice(0, 12), `<${name}>`);
  for (const name of ['swp-fixed', 'swp-named']) text = text.replaceAll(`${name}-${SIDE}`, `${name}-<side>`);
  text = text.replaceAll(`10.${SUBNET}.`, '10.<subnet>.').replaceAll(`2001:db8:${SUBNET}:`, '2001:db8:<subnet>:');
  text = text.replaceAll(`2001:db8:1${SUBNET}:`, '2001:db8:<subnet>:');
  // Where the file names no subnet, the engine takes the next free one.
  return JSON.parse(text.replaceAll(/"(?:172\.\d+|192\.168)\.\d+\.[01](?:\/\d+)?"/g, '"<any>"'));
}

function flatten(found: Map<string, string>, path: readonly string[], value: unknown): void {
  const row = ignored.find((one) => matches(one.path, path));
  if (row && (!row.present || typeof value !== 'object'))
    return void (row.present && found.set(path.join('.'), value ? '(there)' : '(not there)'));
  if (path.at(-1) === 'Labels' && typeof value === 'object' && value !== null) {
    const labels = Object.entries(value).filter(([name]) => !ownLabels.test(name));
    for (const [name, text] of labels) found.set([...path, name].join('.'), JSON.stringify(text));
    return;
  }
  if (Array.isArray(value)) {
    const isUnordered = unordered.some((one) => matches(one, path) && one.split('.').length === path.length);
    const items: unknown[] = isUnordered ? sorted(value) : value;
    if (items.length === 0) found.set(path.join('.'), '[]');
    for (const [index, item] of items.entries()) flatten(found, [...path, String(index)], item);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) found.set(path.join('.'), '{}');
    for (const [key, inner] of entries) flatten(found, [...path, key], inner);
  } else found.set(path.join('.'), JSON.stringify(value));
}

/** By what an element says, but for names that the engine made. */
function sorted(items: readonly unknown[]): unknown[] {
  const key = (item: unknown) =>
    typeof item === 'object' && item !== null
      ? JSON.stringify([Reflect.get(item, 'Target') ?? Reflect.get(item, 'Destination') ?? Reflect.get(item, 'Name')])
      : String(item);
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

export function matches(pattern: string, path: readonly string[]): boolean {
  return pattern.split('.').every((part, index) => part === '*' || part === path[index]);
}

/** Lines for what is not the same: `HostConfig.Memory: Compose 0, Seaworthy 1`. */
export function differences(theirs: ReadonlyMap<string, string>, ours: ReadonlyMap<string, string>): Difference[] {
  const paths = new Set([...theirs.keys(), ...ours.keys()]);
  return [...paths].flatMap((path) => {
    const [compose, seaworthy] = [theirs.get(path) ?? '(absent)', ours.get(path) ?? '(absent)'];
    return compose === seaworthy ? [] : [{ path, compose, seaworthy }];
  });
}

export interface Difference {
  readonly path: string;
  readonly compose: string;
  readonly seaworthy: string;
}
