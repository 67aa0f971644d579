import type { Container } from '../../engine/container.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Inside } from '../../inside/client.ts';
import { connectInside } from '../../inside/connect-inside.ts';

/** Helper containers of one run. All are of one image, and end when nobody talks to them any more. */
export class Helpers {
  readonly #engine: Engine;
  readonly #image: Promise<string>;
  readonly #containers = new Set<Container>();
  #count = 0;
  #host: Promise<Inside> | undefined;

  constructor(engine: Engine, image: Promise<string>) {
    this.#engine = engine;
    this.#image = image;
  }

  /** On these networks, with no rights: where load comes from. */
  async outside(networks: readonly string[]): Promise<Inside> {
    const [first = 'none', ...others] = networks;
    return this.#start({ NetworkMode: first, CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] }, others);
  }

  /** In the process and network namespaces of a running container. */
  async inside(container: Container): Promise<Inside> {
    const same = `container:${container.id}`;
    return this.#start({ NetworkMode: same, PidMode: same, ...powers });
  }

  /** With a folder of the engine's machine, to be looked into at `/beside`. */
  async beside(folder: string): Promise<Inside> {
    return this.#start({ NetworkMode: 'none', Binds: [`${folder}:/beside:ro`], SecurityOpt: ['no-new-privileges'] });
  }

  /** On the engine's machine; see `Lab.host`. */
  host(): Promise<Inside> {
    this.#host ??= this.#start({ NetworkMode: 'none', PidMode: 'host', ...powers });
    return this.#host;
  }

  async end(): Promise<void> {
    await Promise.allSettled([...this.#containers].map((container) => container.remove()));
  }

  async #start(host: Readonly<Record<string, unknown>>, others: readonly string[] = []): Promise<Inside> {
    const Image = await this.#image;
    const name = `seaworthy-${this.#engine.run.id}-helper-${++this.#count}`;
    const container = await this.#engine.createContainer(name, {
      Image,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      HostConfig: { LogConfig: { Type: 'none' }, ...host },
    });
    this.#containers.add(container);
    const inside = await this.#talkTo(container, others).catch(async (error: unknown) => {
      // Whom it was to join may be gone by now: a helper that never ran is in the way of that one's removal.
      this.#containers.delete(container);
      await container.remove().catch(() => undefined);
      throw error;
    });
    return {
      ...inside,
      end: async () => {
        this.#containers.delete(container);
        await inside.end().catch(() => undefined);
        await container.remove();
      },
    };
  }

  async #talkTo(container: Container, networks: readonly string[]): Promise<Inside> {
    for (const network of networks) await this.#engine.connectNetwork(network, container.id);
    const { stream, err } = await container.attach();
    await container.start();
    return connectInside(stream, { err });
  }
}

/**
 * What it needs to look at another container's processes, signal them, and block their ports: NET_ADMIN and SYS_PTRACE, and
 * the cgroups of the machine. An AppArmor profile of its own would forbid signals across.
 */
const powers = {
  CapAdd: ['NET_ADMIN', 'SYS_PTRACE'],
  Binds: ['/sys/fs/cgroup:/sys/fs/cgroup'],
  CgroupnsMode: 'host',
  SecurityOpt: ['apparmor=unconfined'],
};
