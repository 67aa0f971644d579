import { Duplex, PassThrough } from 'node:stream';
import type { Container, ExecOptions, HealthProbe, Inspected, Ran, TarFile } from './container.ts';
import { asked, type Docker, statusOf } from './docker.ts';
import { field } from './endpoint.ts';
import { hijack } from './hijack.ts';
import { type TarEntry, tarOf, tarOfEntries } from './tar.ts';

/** A container through dockerode; see `Container`. */
export class EngineContainer implements Container {
  readonly id: string;
  readonly name: string;
  readonly #docker: Docker;

  constructor(docker: Docker, id: string, name: string) {
    this.#docker = docker;
    this.id = id;
    this.name = name;
  }

  async inspect(): Promise<Inspected> {
    return inspectedFrom(await asked(`looking at ${this.name}`, () => this.#at().inspect()));
  }

  async start(): Promise<void> {
    await this.#quietly(304, `starting ${this.name}`, () => this.#at().start());
  }

  async stop(graceSeconds?: number): Promise<void> {
    const options = graceSeconds === undefined ? {} : { t: graceSeconds };
    await this.#quietly(304, `stopping ${this.name}`, () => this.#at().stop(options));
  }

  async kill(signal: string): Promise<void> {
    await asked(`sending ${signal} to ${this.name}`, () => this.#at().kill({ signal }));
  }

  async wait(): Promise<number> {
    return (await asked(`waiting for ${this.name}`, () => this.#at().wait())).StatusCode;
  }

  async pause(): Promise<void> {
    await asked(`pausing ${this.name}`, () => this.#at().pause());
  }

  async unpause(): Promise<void> {
    await asked(`resuming ${this.name}`, () => this.#at().unpause());
  }

  async restart(graceSeconds?: number): Promise<void> {
    const options = graceSeconds === undefined ? {} : { t: graceSeconds };
    await asked(`restarting ${this.name}`, () => this.#at().restart(options));
  }

  async remove(): Promise<void> {
    try {
      await this.#quietly(404, `removing ${this.name}`, () => this.#at().remove({ force: true, v: true }));
    } catch (error) {
      // 409: it is being removed already.
      if (statusOf(error) !== 409) throw error;
    }
  }

  async exec(command: readonly string[], options: ExecOptions = {}): Promise<Ran> {
    const began = performance.now();
    const exec = await asked(`running ${command[0]} in ${this.name}`, () =>
      this.#at().exec({
        Cmd: [...command],
        AttachStdout: true,
        AttachStderr: true,
        ...(options.user === undefined ? {} : { User: options.user }),
        ...(options.workdir === undefined ? {} : { WorkingDir: options.workdir }),
        ...(options.environment === undefined ? {} : { Env: [...options.environment] }),
        ...(options.privileged ? { Privileged: true } : {}),
      }),
    );
    let stream: Duplex;
    try {
      stream = await asked(`running ${command[0]} in ${this.name}`, () => exec.start({ hijack: true, stdin: false }));
    } catch (error) {
      // A program that is not there: the engine answers 400, other engines give an exit code of 126 or 127.
      if (statusOf(error) === 400 || statusOf(error) === 500)
        return { code: 127, out: '', err: error instanceof Error ? error.message : '', ms: performance.now() - began };
      throw error;
    }
    const out = new Collected();
    const err = new Collected();
    this.#docker.modem.demuxStream(stream, out.stream, err.stream);
    const inTime = await ended(stream, options.timeoutMs);
    if (!inTime) stream.destroy();
    const ms = performance.now() - began;
    const { ExitCode } = inTime
      ? await asked(`running ${command[0]} in ${this.name}`, () => exec.inspect())
      : { ExitCode: undefined };
    return { code: ExitCode ?? undefined, out: out.text(), err: err.text(), ms };
  }

  async logs(options: { readonly tail?: number; readonly sinceMs?: number } = {}): Promise<string> {
    const buffer = await asked(`reading the log of ${this.name}`, () =>
      this.#at().logs({
        follow: false,
        stdout: true,
        stderr: true,
        ...(options.tail === undefined ? {} : { tail: options.tail }),
        ...(options.sinceMs === undefined ? {} : { since: options.sinceMs / 1000 }),
      }),
    );
    return unframed(Buffer.isBuffer(buffer) ? buffer : Buffer.from(buffer));
  }

  async attach(): Promise<{ readonly stream: Duplex; readonly err: () => string }> {
    const query = { stream: true, stdin: true, stdout: true, stderr: true };
    const hijacked = await asked(`attaching to ${this.name}`, () =>
      hijack(this.#docker, { path: `/containers/${this.id}/attach`, query }),
    );
    const out = new PassThrough();
    const err = new Collected();
    this.#docker.modem.demuxStream(hijacked, out, err.stream);
    hijacked.on('end', () => out.end());
    hijacked.on('close', () => out.end());
    hijacked.on('error', () => out.end());
    const stream = new Duplex({
      read() {},
      write: (chunk, encoding, done) => {
        hijacked.write(chunk, encoding, done);
      },
      final: (done) => {
        hijacked.end();
        done();
      },
    });
    out.on('data', (chunk) => stream.push(chunk));
    out.on('end', () => stream.push(null));
    return { stream, err: () => err.text() };
  }

  async changes(): Promise<readonly { readonly path: string; readonly kind: 'A' | 'C' | 'D' }[]> {
    const changes: unknown = await asked(`comparing ${this.name} with its image`, () => this.#at().changes());
    const kinds = ['C', 'A', 'D'] as const;
    return (Array.isArray(changes) ? changes : []).map((change: unknown) => ({
      path: String(field(change, 'Path')),
      kind: kinds[Number(field(change, 'Kind'))] ?? 'C',
    }));
  }

  async putFiles(folder: string, files: readonly TarFile[]): Promise<void> {
    await asked(`putting files into ${this.name}`, () => this.#at().putArchive(tarOf(files), { path: folder }));
  }

  async putEntries(folder: string, entries: Iterable<TarEntry>, extra: readonly TarFile[] = []): Promise<void> {
    await asked(`putting files into ${this.name}`, () =>
      this.#at().putArchive(tarOfEntries(entries, extra), { path: folder }),
    );
  }

  async getArchive(path: string): Promise<NodeJS.ReadableStream> {
    return asked(`reading ${path} of ${this.name}`, () => this.#at().getArchive({ path }));
  }

  #at() {
    return this.#docker.getContainer(this.id);
  }

  /** Some answers mean only that there was nothing to do. */
  async #quietly(status: number, what: string, call: () => Promise<unknown>): Promise<void> {
    try {
      await asked(what, call);
    } catch (error) {
      if (statusOf(error) !== status) throw error;
    }
  }
}

/** The beginning of what a stream says; a flood must not fill our memory. */
class Collected {
  readonly stream = new PassThrough();
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(limit = 4 << 20) {
    this.stream.on('data', (chunk: Buffer) => {
      if (this.#bytes < limit) this.#chunks.push(chunk);
      this.#bytes += chunk.length;
    });
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

function ended(stream: Duplex, timeoutMs: number | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => resolve(false), timeoutMs);
    const over = () => {
      clearTimeout(timer);
      // The demultiplexer gets its last bytes in this turn.
      setImmediate(() => resolve(true));
    };
    stream.once('end', over);
    stream.once('close', over);
    stream.once('error', over);
  });
}

/** Frames of eight bytes and a payload, unless the container has a terminal (`GET /containers/{id}/attach`). */
function unframed(buffer: Buffer): string {
  const isFramed = buffer.length >= 8 && buffer[0]! <= 2 && buffer[1] === 0 && buffer[2] === 0 && buffer[3] === 0;
  if (!isFramed) return buffer.toString('utf8');
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= buffer.length; ) {
    const size = buffer.readUInt32BE(at + 4);
    parts.push(buffer.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  return Buffer.concat(parts).toString('utf8');
}

function inspectedFrom(raw: object): Inspected {
  const at = (...path: string[]) => path.reduce<unknown>(field, raw);
  const text = (...path: string[]) => String(at(...path) ?? '');
  const networks = at('NetworkSettings', 'Networks');
  const health = at('State', 'Health');
  const log = field(health, 'Log');
  return {
    id: text('Id'),
    name: text('Name').replace(/^\//, ''),
    image: text('Image'),
    state: {
      status: statusFrom(text('State', 'Status')),
      exitCode: Number(at('State', 'ExitCode') ?? 0),
      oomKilled: at('State', 'OOMKilled') === true,
      error: text('State', 'Error'),
      startedAt: text('State', 'StartedAt'),
      finishedAt: text('State', 'FinishedAt'),
      // Podman has a Health without a status where there is no check.
      health: field(health, 'Status')
        ? {
            status: String(field(health, 'Status')),
            failingStreak: Number(field(health, 'FailingStreak') ?? 0),
            log: (Array.isArray(log) ? log : []).map(probeFrom),
          }
        : undefined,
    },
    restartCount: Number(at('RestartCount') ?? 0),
    pid: Number(at('State', 'Pid') ?? 0),
    labels: textsOf(at('Config', 'Labels')),
    logPath: text('LogPath') || localLog(text('HostConfig', 'LogConfig', 'Type'), text('Id'), text('HostsPath')),
    networks: Object.fromEntries(
      Object.entries(typeof networks === 'object' && networks !== null ? networks : {}).map(([name, one]) => {
        const aliases = field(one, 'Aliases');
        return [
          name,
          {
            ip: String(field(one, 'IPAddress') ?? ''),
            gateway: String(field(one, 'Gateway') ?? ''),
            aliases: Array.isArray(aliases) ? aliases.map(String) : [],
          },
        ];
      }),
    ),
    raw: { ...raw },
  };
}

function probeFrom(probe: unknown): HealthProbe {
  return {
    start: String(field(probe, 'Start')),
    end: String(field(probe, 'End')),
    exitCode: Number(field(probe, 'ExitCode')),
    output: String(field(probe, 'Output') ?? ''),
  };
}

const statuses = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;

function statusFrom(text: string): (typeof statuses)[number] {
  // Podman has some of its own: `stopped`, `configured`, `initialized`.
  return statuses.find((status) => status === text) ?? (text === 'stopped' ? 'exited' : 'created');
}

function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

/** Of its driver `local` the engine does not tell where the log is: it lies beside the container's other files (moby `daemon/logger/local`). */
function localLog(driver: string, id: string, hostsPath: string): string {
  const folder = hostsPath.slice(0, hostsPath.lastIndexOf('/'));
  // In another's network the hosts file is that one's.
  return driver === 'local' && id !== '' && folder.endsWith(`/${id}`) ? `${folder}/local-logs/container.log` : '';
}
