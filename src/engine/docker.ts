import Dockerode from 'dockerode';
import { SeaworthyError } from '../vocabulary/error.ts';
import { type Endpoint, field } from './endpoint.ts';
import { SshAgent } from './ssh-agent.ts';

/** What dockerode 5 has and its declarations (4.0) have not: progress that reads BuildKit's traces. */
interface Follows {
  followProgress(
    stream: NodeJS.ReadableStream,
    onFinished: (error: Error | null) => void,
    onProgress: (event: unknown) => void,
  ): void;
}

export type Docker = Dockerode & Follows;

/** The only file that knows dockerode. Nothing is sent yet. `version`: `v1.41`, or undefined for the engine's newest. */
export function dockerAt(endpoint: Endpoint, version: string | undefined): Docker {
  const url = new URL(endpoint.host);
  // dockerode reads DOCKER_HOST and its friends by itself: what is undefined here takes that back.
  const plain = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  const common = { ...plain, ...(version === undefined ? {} : { version }) };
  // exactOptionalPropertyTypes and dockerode's declarations disagree about an undefined that is written down.
  const make = (options: object) => new Dockerode(options) as Docker;
  switch (url.protocol) {
    case 'unix:':
      return make({ ...common, protocol: 'http', socketPath: decodeURIComponent(url.pathname) });
    case 'npipe:':
      return make({ ...common, protocol: 'http', socketPath: endpoint.host.slice('npipe://'.length) });
    case 'ssh:':
      return make({ ...common, protocol: 'http', host: 'engine', port: 80, agent: new SshAgent(endpoint.host) });
    case 'tcp:':
    case 'http:':
    case 'https:': {
      const { tls } = endpoint;
      const at = { ...common, host: url.hostname, port: Number(url.port || (tls ? 2376 : 2375)) };
      if (!tls) return make({ ...at, protocol: 'http' });
      const trust = tls.verify ? {} : { checkServerIdentity: () => undefined, rejectUnauthorized: false };
      return make({ ...at, protocol: 'https', ca: tls.ca, cert: tls.cert, key: tls.key, ...trust });
    }
    default:
      throw new SeaworthyError(
        'engine-unreachable',
        `"${endpoint.host}" (${endpoint.from}) is no address of an engine`,
        {
          hint: 'unix://, tcp://, ssh:// and npipe:// are',
        },
      );
  }
}

/** Runs a call of the engine; what goes wrong becomes a typed error that says what was wanted. */
export async function asked<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw engineError(what, error);
  }
}

/** The status code of an answer that was an error. */
export function statusOf(error: unknown): number | undefined {
  const cause = error instanceof SeaworthyError ? error.cause : error;
  const status = field(cause, 'statusCode');
  return typeof status === 'number' ? status : undefined;
}

export function engineError(what: string, error: unknown): SeaworthyError {
  if (error instanceof SeaworthyError) return error;
  const code = field(error, 'code');
  const status = statusOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (status !== undefined) {
    const said = field(field(error, 'json'), 'message');
    return new SeaworthyError('engine-refused', `${what}: ${typeof said === 'string' ? said : message}`, {
      cause: error,
    });
  }
  if (field(error, 'name') === 'AbortError' || code === 'ABORT_ERR')
    return new SeaworthyError('interrupted', `${what}: called off`, { cause: error });
  return new SeaworthyError('engine-unreachable', `${what}: ${message}`, { cause: error, ...hintFor(code) });
}

function hintFor(code: unknown): { hint: string } {
  if (code === 'EACCES')
    return { hint: 'Your user may not talk to this socket: join the docker group, or run as root' };
  return { hint: 'Start the Docker daemon, or say where one is: DOCKER_HOST, --host or --context' };
}
