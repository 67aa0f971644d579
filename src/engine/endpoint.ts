import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SeaworthyError } from '../vocabulary/error.ts';

/** Where an engine is asked, and how. */
export interface Endpoint {
  /** `unix:///var/run/docker.sock`, `tcp://10.0.0.5:2376`, `ssh://deploy@host`, `npipe:////./pipe/docker_engine`. */
  readonly host: string;
  /** Who says so: `--host`, `DOCKER_HOST`, `context "prod"`, `the default`. */
  readonly from: string;
  readonly tls?: Tls;
}

export interface Tls {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly verify: boolean;
}

export interface EndpointOptions {
  readonly host?: string;
  readonly context?: string;
  /** Default: this process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * The engine that the docker command would talk to, by its own order: the host or context that is named, `DOCKER_HOST`,
 * `DOCKER_CONTEXT`, `currentContext` of its configuration, the default socket
 * (https://docs.docker.com/engine/manage-resources/contexts/).
 */
export function findEndpoint(options: EndpointOptions = {}): Endpoint {
  const environment = options.environment ?? process.env;
  const folder = environment['DOCKER_CONFIG'] || path.join(environment['HOME'] || os.homedir(), '.docker');
  if (options.host) return named(options.host, '--host', environment, folder);
  if (options.context) return ofContext(options.context, folder, environment);
  const host = environment['DOCKER_HOST'];
  if (host) return named(host, 'DOCKER_HOST', environment, folder);
  const context = environment['DOCKER_CONTEXT'] || currentContext(folder);
  return ofContext(context || 'default', folder, environment);
}

function named(
  host: string,
  from: string,
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Endpoint {
  const full = host.includes('://') ? host : host.startsWith('/') ? `unix://${host}` : `tcp://${host}`;
  if (!full.startsWith('tcp://') && !full.startsWith('https://')) return { host: full, from };
  // The docker command: DOCKER_TLS means TLS, DOCKER_TLS_VERIFY (any value) that the certificate is looked at as well.
  const verify = Boolean(environment['DOCKER_TLS_VERIFY']);
  if (!verify && !environment['DOCKER_TLS'] && !full.startsWith('https://')) return { host: full, from };
  const certificates = environment['DOCKER_CERT_PATH'] || folder;
  return { host: full, from, tls: { ...readTls(certificates), verify } };
}

function ofContext(name: string, folder: string, environment: Readonly<Record<string, string | undefined>>): Endpoint {
  if (name === 'default') return defaultEndpoint(environment);
  const id = createHash('sha256').update(name).digest('hex');
  const file = path.join(folder, 'contexts/meta', id, 'meta.json');
  const endpoint = field(field(field(readJson(file), 'Endpoints'), 'docker'), 'Host');
  if (typeof endpoint !== 'string' || endpoint === '')
    throw new SeaworthyError('engine-unreachable', `there is no Docker context "${name}"`, {
      hint: `\`docker context ls\` lists them; looked in ${path.join(folder, 'contexts')}`,
    });
  const skip = field(field(field(readJson(file), 'Endpoints'), 'docker'), 'SkipTLSVerify') === true;
  const certificates = path.join(folder, 'contexts/tls', id, 'docker');
  const tls = fs.existsSync(certificates) ? { tls: { ...readTls(certificates), verify: !skip } } : {};
  return { host: endpoint, from: `context "${name}"`, ...tls };
}

function defaultEndpoint(environment: Readonly<Record<string, string | undefined>>): Endpoint {
  if (process.platform === 'win32') return { host: 'npipe:////./pipe/docker_engine', from: 'the default' };
  const usual = '/var/run/docker.sock';
  const desktop = path.join(environment['HOME'] || os.homedir(), '.docker/run/docker.sock');
  const socket = !fs.existsSync(usual) && fs.existsSync(desktop) ? desktop : usual;
  return { host: `unix://${socket}`, from: 'the default' };
}

function currentContext(folder: string): string | undefined {
  const context = field(readJson(path.join(folder, 'config.json')), 'currentContext');
  return typeof context === 'string' ? context : undefined;
}

function readTls(folder: string): Omit<Tls, 'verify'> {
  const read = (name: string) => {
    const file = path.join(folder, name);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  };
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A field of what somebody else wrote. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
