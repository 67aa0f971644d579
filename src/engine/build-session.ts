import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import http2 from 'node:http2';
import type { Docker } from './docker.ts';
import { hijack } from './hijack.ts';
import { fieldsOf, messageOf } from './protobuf.ts';
import { registryAuth } from './registry-auth.ts';

/** A secret that `RUN --mount=type=secret,id=…` may ask for: its text, or the file that holds it on this machine. */
export interface BuildSecret {
  readonly id: string;
  readonly text?: string;
  readonly file?: string;
}

export interface BuildSession {
  /** For `POST /build?session=`. */
  readonly id: string;
  end(): void;
}

/** gRPC's codes: https://grpc.io/docs/guides/status-codes/ */
const code = { ok: '0', notFound: '5', unimplemented: '12' } as const;

type Answer = Buffer | undefined;

/**
 * What BuildKit asks back during a build: secrets, and who we are to a registry. It calls us, by gRPC over the
 * connection that we open (`POST /session`): neither ever stands in the request of the build, its cache or its log.
 */
export async function openBuildSession(docker: Docker, secrets: readonly BuildSecret[]): Promise<BuildSession> {
  const id = randomUUID();
  const calls: Readonly<Record<string, (message: Buffer) => Answer>> = {
    '/grpc.health.v1.Health/Check': () => Buffer.from([8, 1]), // SERVING
    '/moby.buildkit.secrets.v1.Secrets/GetSecret': (message) => secretOf(secrets, textOf(message)),
    '/moby.filesync.v1.Auth/Credentials': (message) => credentialsFor(textOf(message)),
  };
  const socket = await hijack(docker, {
    path: '/session',
    headers: {
      Upgrade: 'h2c',
      'X-Docker-Expose-Session-Uuid': id,
      'X-Docker-Expose-Session-Name': 'seaworthy',
      'X-Docker-Expose-Session-Grpc-Method': Object.keys(calls),
    },
  });
  const server = http2.createServer();
  server.on('stream', (stream, headers) => {
    const call = calls[String(headers[':path'])];
    const chunks: Buffer[] = [];
    stream.on('error', () => undefined); // The engine went away: the build says so.
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      // A flag and the length come before the message.
      const message = Buffer.concat(chunks).subarray(5);
      const answer = call?.(message);
      const status = answer ? code.ok : call ? code.notFound : code.unimplemented;
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }));
      stream.end(answer && framed(answer));
    });
  });
  server.on('sessionError', () => undefined);
  socket.on('error', () => undefined);
  server.emit('connection', socket);
  return {
    id,
    end() {
      server.close();
      socket.destroy();
    },
  };
}

function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

const textOf = (message: Buffer) => fieldsOf(message).get(1)?.toString('utf8') ?? '';

function secretOf(secrets: readonly BuildSecret[], id: string): Answer {
  const secret = secrets.find((one) => one.id === id);
  if (!secret) return undefined;
  if (secret.text !== undefined) return messageOf({ 1: secret.text });
  try {
    return messageOf({ 1: fs.readFileSync(secret.file ?? '') });
  } catch {
    // The build says that the secret is not there, with its id.
    return undefined;
  }
}

/** Nobody, where nobody is logged in: public images need nobody. */
function credentialsFor(host: string): Answer {
  const registry = /(?:^|\.)docker\.io$/.test(host) ? 'library' : `${host}/image`;
  const { authconfig } = registryAuth(registry);
  return authconfig ? messageOf({ 1: authconfig.username, 2: authconfig.password }) : Buffer.alloc(0);
}
