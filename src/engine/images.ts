import type { Readable } from 'node:stream';
import { SeaworthyError } from '../vocabulary/error.ts';
import { type BuildSecret, openBuildSession } from './build-session.ts';
import { asked, type Docker, engineError, statusOf } from './docker.ts';
import { field } from './endpoint.ts';
import type { EngineInfo } from './engine.ts';
import type { Run } from './labels.ts';
import { registryAuth } from './registry-auth.ts';
import { type TarEntry, tarOfEntries } from './tar.ts';

type Body = Readonly<Record<string, unknown>>;

export interface BuildRequest {
  readonly tag: string;
  /** Further names. */
  readonly tags?: readonly string[];
  /** What the context holds, `.dockerignore` applied. */
  readonly entries: Iterable<TarEntry>;
  /** Path of the Dockerfile in the context. */
  readonly dockerfile: string;
  /** Its text, where it does not lie in the context. */
  readonly dockerfileText?: string;
  readonly target?: string;
  readonly arguments?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly cacheFrom?: readonly string[];
  /** `name:address`. */
  readonly extraHosts?: readonly string[];
  readonly ulimits?: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
  /** For BuildKit only. */
  readonly secrets?: readonly BuildSecret[];
  readonly network?: string;
  readonly shmBytes?: number;
  readonly platform?: string;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly signal?: AbortSignal;
  /** What the build says, line by line. */
  readonly onLine?: (line: string) => void;
}

/** Images of an engine. What is built or imported carries the run's labels; what is pulled is left as it came. */
export class Images {
  readonly #docker: Docker;
  readonly #info: EngineInfo;
  readonly #run: Run;

  constructor(docker: Docker, info: EngineInfo, run: Run) {
    this.#docker = docker;
    this.#info = info;
    this.#run = run;
  }

  /** `GET /images/{name}/json`; undefined where the engine has none of that name. */
  async inspect(name: string): Promise<Body | undefined> {
    try {
      return { ...(await asked(`looking at image ${name}`, () => this.#docker.getImage(name).inspect())) };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** The commands that made it, newest first: `CreatedBy`. */
  async history(name: string): Promise<readonly string[]> {
    const rows: unknown = await asked(`reading the history of ${name}`, () => this.#docker.getImage(name).history());
    return Array.isArray(rows) ? rows.map((row: unknown) => String(field(row, 'CreatedBy') ?? '')) : [];
  }

  /** `GET /images/{name}/get`: an archive of its layers. */
  async save(name: string): Promise<NodeJS.ReadableStream> {
    return asked(`reading image ${name}`, () => this.#docker.getImage(name).get());
  }

  async pull(name: string, options: { readonly platform?: string; readonly signal?: AbortSignal } = {}): Promise<void> {
    const what = `pulling ${name}`;
    const stream = await asked(what, () =>
      this.#docker.pull(name, {
        ...(options.platform === undefined ? {} : { platform: options.platform }),
        ...(options.signal === undefined ? {} : { abortSignal: options.signal }),
        ...registryAuth(name),
      }),
    );
    await this.#followed(what, stream, options.signal);
  }

  /** With BuildKit where the engine has it. Throws `engine-refused` with the end of what the build said. */
  async build(request: BuildRequest): Promise<void> {
    const what = `building ${request.tag}`;
    const text = request.dockerfileText;
    const extra = text === undefined ? [] : [{ name: request.dockerfile, content: text }];
    // Parameters that may stand several times; dockerode's declarations know one text only.
    const repeated: object = { t: [request.tag, ...(request.tags ?? [])], extrahosts: request.extraHosts ?? [] };
    if (request.secrets?.length && !this.#info.hasBuildKit)
      throw new SeaworthyError('unsupported', `${what}: ${this.#info.name} does not lend secrets to a build`);
    const session = this.#info.hasBuildKit
      ? await asked(what, () => openBuildSession(this.#docker, request.secrets ?? []))
      : undefined;
    // As a number, since dockerode opens a session of its own (that knows no secrets) where it reads the text "2".
    const buildKit: object = session ? { version: 2, session: session.id } : {};
    const options = {
      ...repeated,
      ...buildKit,
      dockerfile: request.dockerfile,
      labels: { ...request.labels, ...this.#run.labels },
      rm: true,
      forcerm: true,
      ...(request.target === undefined ? {} : { target: request.target }),
      ...(request.arguments === undefined ? {} : { buildargs: request.arguments }),
      ...(request.cacheFrom?.length ? { cachefrom: JSON.stringify(request.cacheFrom) } : {}),
      ...(request.ulimits?.length ? { ulimits: JSON.stringify(request.ulimits) } : {}),
      ...(request.network === undefined ? {} : { networkmode: request.network }),
      ...(request.shmBytes === undefined ? {} : { shmsize: request.shmBytes }),
      ...(request.platform === undefined ? {} : { platform: request.platform }),
      ...(request.noCache ? { nocache: true } : {}),
      ...(request.pull ? { pull: true } : {}),
      ...(request.signal === undefined ? {} : { abortSignal: request.signal }),
    };
    try {
      const stream = await asked(what, () => this.#docker.buildImage(tarOfEntries(request.entries, extra), options));
      await this.#followed(what, stream, request.signal, request.onLine);
    } finally {
      session?.end();
    }
  }

  /** An image of one layer from an archive of its files. `changes`: instructions such as `ENTRYPOINT [...]`. */
  async fromArchive(
    tag: string,
    archive: NodeJS.ReadableStream,
    changes: readonly string[],
    signal?: AbortSignal,
  ): Promise<void> {
    const what = `making image ${tag}`;
    const labels = Object.entries(this.#run.labels).map(([name, value]) => `LABEL ${name}="${value}"`);
    // The repository may hold the tag, and Podman 4.3 reads it only there.
    const options = { repo: tag, changes: [...changes, ...labels], ...(signal ? { abortSignal: signal } : {}) };
    const stream = await asked(what, () => this.#docker.importImage(archive, options));
    await this.#followed(what, stream, signal);
  }

  async remove(name: string): Promise<void> {
    try {
      await asked(`removing image ${name}`, () => this.#docker.getImage(name).remove({ force: true }));
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  }

  async #followed(
    what: string,
    stream: NodeJS.ReadableStream,
    signal?: AbortSignal,
    onLine?: (line: string) => void,
  ): Promise<void> {
    const said: string[] = [];
    let failure: string | undefined;
    const say = (text: string) => {
      for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
        said.push(line);
        if (said.length > 60) said.shift();
        onLine?.(line);
      }
    };
    // dockerode listens to the first error only; a second one would end the process.
    stream.on('error', () => undefined);
    const stop = () => (stream as Readable).destroy(new Error('called off'));
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        this.#docker.followProgress(
          stream,
          (error: Error | null) => ((error ?? failure) ? reject(error ?? new Error(failure)) : resolve()),
          (event: unknown) => {
            const line = field(event, 'stream') ?? field(event, 'status');
            if (typeof line === 'string') say(line);
            const error = field(event, 'error');
            // It came with status 200: that it went wrong stands in the stream.
            if (typeof error === 'string') failure = error;
          },
        );
      });
    } catch (error) {
      if (signal?.aborted) throw new SeaworthyError('interrupted', `${what}: called off`, { cause: error });
      // The stream itself broke off: what the engine has to say against it stands in the stream.
      if (failure === undefined) throw engineError(what, error);
      const end = said.slice(-15).map((line) => `  ${line}`);
      throw new SeaworthyError('engine-refused', [`${what}: ${failure}`, ...end].join('\n'), { cause: error });
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}
