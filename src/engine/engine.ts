import { SeaworthyError } from '../vocabulary/error.ts';
import type { Container } from './container.ts';
import { EngineContainer } from './engine-container.ts';
import { asked, type Docker, dockerAt, statusOf } from './docker.ts';
import { type Endpoint, type EndpointOptions, field, findEndpoint } from './endpoint.ts';
import { EngineEvents } from './events.ts';
import { Images } from './images.ts';
import { label, newRun, type Run } from './labels.ts';
import { listed } from './listed.ts';

/** The oldest API we speak: Docker Engine 20.10. */
const oldest = '1.41';
/** The newest whose answers we have read. */
const newest = '1.47';

export interface EngineInfo {
  /** `Docker Engine`, `Podman Engine`. */
  readonly name: string;
  /** `20.10.24+dfsg1`. */
  readonly version: string;
  /** The version that is spoken: `1.41`. */
  readonly apiVersion: string;
  readonly os: string;
  /** As Docker names it: `amd64`, `arm64`. */
  readonly architecture: string;
  readonly kernel: string;
  readonly cgroupVersion: 1 | 2;
  readonly isPodman: boolean;
  readonly hasBuildKit: boolean;
  readonly rootless: boolean;
  /** `apparmor`, `seccomp`, `selinux`, `userns`. */
  readonly security: readonly string[];
  readonly cpus: number;
  readonly memoryBytes: number;
  /** Where logs go for which nobody names a driver: `json-file`. */
  readonly loggingDriver: string;
}

type Body = Readonly<Record<string, unknown>>;

/**
 * A Docker engine, and one run of ours on it: everything that is made carries the run's labels, and nothing else can be
 * changed or removed. Engine API 1.41 to 1.47. Calls throw `engine-unreachable` when nothing answers, and
 * `engine-refused` when the engine says no.
 */
export class Engine {
  readonly endpoint: Endpoint;
  readonly info: EngineInfo;
  readonly run: Run;
  readonly images: Images;
  readonly #docker: Docker;

  private constructor(endpoint: Endpoint, docker: Docker, info: EngineInfo, run: Run) {
    this.endpoint = endpoint;
    this.#docker = docker;
    this.info = info;
    this.run = run;
    this.images = new Images(docker, info, run);
  }

  /** It is reached by a socket of this machine, so that it sees the same files. */
  get isLocal(): boolean {
    return /^(?:unix|npipe):/.test(this.endpoint.host);
  }

  /** Finds and asks it; at most ten seconds. */
  static async connect(options: EndpointOptions & { readonly run?: Run } = {}): Promise<Engine> {
    const endpoint = findEndpoint(options);
    const info = await whoAnswers(endpoint);
    return new Engine(endpoint, dockerAt(endpoint, `v${info.apiVersion}`), info, options.run ?? newRun());
  }

  /** Whether it answers at all, within this time. */
  async answers(withinMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), withinMs);
    });
    const answer = this.#docker.ping().then(
      () => true,
      () => false,
    );
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  async createContainer(name: string, body: Body, platform?: string): Promise<Container> {
    const labels = this.#labels('container', body);
    const options = { ...body, name, Labels: labels, ...(platform === undefined ? {} : { platform }) };
    const made = await asked(`creating container ${name}`, () => this.#docker.createContainer(options));
    return new EngineContainer(this.#docker, made.id, name);
  }

  /** One that is there already, ours or not: whoever changes it must have been told to (`--attach`). */
  async findContainer(name: string): Promise<Container | undefined> {
    try {
      const found = await this.#docker.getContainer(name).inspect();
      return new EngineContainer(this.#docker, found.Id, found.Name.replace(/^\//, ''));
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      return asked(`looking for container ${name}`, () => Promise.reject(error));
    }
  }

  /** Running containers with these labels: `['com.docker.compose.project=shop']`. */
  async listContainers(
    labels: readonly string[],
    all = false,
  ): Promise<readonly { readonly container: Container; readonly labels: Readonly<Record<string, string>> }[]> {
    const found = await asked('listing containers', () =>
      this.#docker.listContainers({ all, filters: { label: [...labels] } }),
    );
    return found.map(({ Id, Names, Labels }) => ({
      container: new EngineContainer(this.#docker, Id, (Names[0] ?? Id).replace(/^\//, '')),
      labels: Labels,
    }));
  }

  async createNetwork(name: string, body: Body): Promise<void> {
    const options = { CheckDuplicate: true, ...body, Name: name, Labels: this.#labels('network', body) };
    await asked(`creating network ${name}`, () => this.#docker.createNetwork(options));
  }

  async createVolume(name: string, body: Body): Promise<void> {
    const options = { ...body, Name: name, Labels: this.#labels('volume', body) };
    await asked(`creating volume ${name}`, () => this.#docker.createVolume(options));
  }

  /** Where the engine keeps a volume's files, on its own machine. */
  async volumeFolder(name: string): Promise<string> {
    return (await asked(`looking at volume ${name}`, () => this.#docker.getVolume(name).inspect())).Mountpoint;
  }

  async inspectNetwork(name: string): Promise<Body | undefined> {
    return this.#orMissing(`looking at network ${name}`, async () => ({
      ...(await this.#docker.getNetwork(name).inspect()),
    }));
  }

  async inspectVolume(name: string): Promise<Body | undefined> {
    return this.#orMissing(`looking at volume ${name}`, async () => ({
      ...(await this.#docker.getVolume(name).inspect()),
    }));
  }

  async connectNetwork(network: string, container: string, settings: Body = {}): Promise<void> {
    await asked(`connecting ${container} to ${network}`, () =>
      this.#docker.getNetwork(network).connect({ Container: container, EndpointConfig: settings }),
    );
  }

  async disconnectNetwork(network: string, container: string): Promise<void> {
    await asked(`disconnecting ${container} from ${network}`, () =>
      this.#docker.getNetwork(network).disconnect({ Container: container, Force: true }),
    );
  }

  async removeNetwork(name: string): Promise<void> {
    await this.#gone(`removing network ${name}`, () => this.#docker.getNetwork(name).remove());
  }

  async removeVolume(name: string): Promise<void> {
    await this.#gone(`removing volume ${name}`, () => this.#docker.getVolume(name).remove({ force: true }));
  }

  /** What happens to this run's containers from now on, until `end()`. */
  async events(): Promise<EngineEvents> {
    const filters = { type: ['container' as const], label: [`${label.run}=${this.run.id}`] };
    return new EngineEvents(await asked('listening to events', () => this.#docker.getEvents({ filters })));
  }

  /** Everything that carries one of our labels, of any run. */
  async ours(): Promise<readonly Ours[]> {
    const filters = { label: [label.run] };
    const [containers, networks, volumes, images] = await asked('listing what we made', () =>
      Promise.all([
        listed(() => this.#docker.listContainers({ all: true, filters })),
        listed(() => this.#docker.listNetworks({ filters })),
        listed(() => this.#docker.listVolumes({ filters })),
        listed(() => this.#docker.listImages({ filters: JSON.stringify(filters) })),
      ]),
    );
    const all = [
      ...containers.map(({ Id, Labels }) => ours('container', Id, Labels)),
      ...networks.map(({ Id, Labels }) => ours('network', Id, Labels)),
      ...(volumes.Volumes ?? []).map(({ Name, Labels }) => ours('volume', Name, Labels)),
      ...images.map(({ Id, Labels }) => ours('image', Id, Labels)),
    ];
    return all.filter(({ kind, labels }) => labels[label.kind] === kind);
  }

  /** Removes one of ours. Says nothing when it is gone already. */
  async removeOurs({ kind, name }: Ours): Promise<void> {
    switch (kind) {
      case 'container':
        return new EngineContainer(this.#docker, name, name).remove();
      case 'network':
        return this.removeNetwork(name);
      case 'volume':
        return this.removeVolume(name);
      case 'image':
        return this.images.remove(name);
    }
  }

  #labels(kind: Ours['kind'], body: Body): Record<string, string> {
    return { ...labelsOf(body), ...this.run.labels, [label.kind]: kind };
  }

  async #orMissing(what: string, call: () => Promise<Body>): Promise<Body | undefined> {
    try {
      return await asked(what, call);
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  async #gone(what: string, call: () => Promise<unknown>): Promise<void> {
    try {
      await asked(what, call);
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  }
}

export interface Ours {
  readonly kind: 'container' | 'network' | 'volume' | 'image';
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

const ours = (kind: Ours['kind'], name: string, labels: Ours['labels'] | null | undefined): Ours => ({
  kind,
  name,
  labels: labels ?? {},
});

function labelsOf(body: Body): Record<string, string> {
  const labels = body['Labels'];
  return typeof labels === 'object' && labels !== null ? { ...labels } : {};
}

async function whoAnswers(endpoint: Endpoint): Promise<EngineInfo> {
  const docker = dockerAt(endpoint, undefined);
  const what = `no engine answers at ${endpoint.host} (${endpoint.from})`;
  const late = new SeaworthyError('engine-unreachable', `${what} within 10 s`, {
    hint: 'Something is there and says nothing: look at its log, or whether the machine is overloaded',
  });
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), 10_000);
  });
  try {
    const [version, info] = await Promise.race([
      asked(what, () => Promise.all([docker.version(), docker.info() as Promise<unknown>])),
      timeout,
    ]);
    return infoFrom(version, info);
  } finally {
    clearTimeout(timer);
  }
}

function infoFrom(version: unknown, info: unknown): EngineInfo {
  const offered = String(field(version, 'ApiVersion') ?? '');
  if (offered !== '' && isOlder(offered, oldest))
    throw new SeaworthyError('engine-refused', `the engine speaks API ${offered}; ${oldest} or newer is needed`, {
      hint: 'That is Docker Engine 20.10, or Podman 4',
    });
  const components = field(version, 'Components');
  const first: unknown = Array.isArray(components) ? components[0] : undefined;
  const isPodman = /podman/i.test(String(field(first, 'Name') ?? ''));
  const security = field(info, 'SecurityOptions');
  const options = Array.isArray(security) ? security.map((option) => String(option)) : [];
  return {
    name: isPodman ? 'Podman Engine' : 'Docker Engine',
    version: String(field(version, 'Version') ?? '?'),
    apiVersion: offered === '' || isOlder(newest, offered) ? newest : offered,
    os: String(field(version, 'Os') ?? 'linux'),
    architecture: String(field(version, 'Arch') ?? '?'),
    kernel: String(field(version, 'KernelVersion') ?? '?'),
    cgroupVersion: String(field(info, 'CgroupVersion')) === '2' ? 2 : 1,
    isPodman,
    // 20.10 builds with BuildKit when it is asked to; Podman builds with Buildah.
    hasBuildKit: !isPodman,
    rootless: options.some((option) => option.includes('name=rootless')),
    security: options.map((option) => /name=([\w-]+)/.exec(option)?.[1] ?? option),
    cpus: Number(field(info, 'NCPU') ?? 1),
    memoryBytes: Number(field(info, 'MemTotal') ?? 0),
    loggingDriver: String(field(info, 'LoggingDriver') || 'json-file'),
  };
}

/** `1.41` before `1.5`? No: by numbers. */
function isOlder(a: string, b: string): boolean {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA < majorB || (majorA === majorB && minorA < minorB);
}
