import { Duplex } from 'node:stream';
import type { Docker } from './docker.ts';

export interface Hijacking {
  readonly path: string;
  readonly query?: Readonly<Record<string, boolean>>;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * A request that turns its connection into a plain stream both ways. Its body is empty and said to be: dockerode would send
 * one (the options once more, or an empty chunk), and Podman takes what the body holds for the beginning of the stream,
 * which Docker throws away.
 */
export function hijack(docker: Docker, { path, query, headers }: Hijacking): Promise<Duplex> {
  const options = {
    path: query ? `${path}?` : path,
    options: query,
    method: 'POST',
    hijack: true,
    headers: { 'Content-Type': 'text/plain', ...headers },
    file: Buffer.alloc(0),
    statusCodes: {
      101: true,
      200: true,
      400: 'bad parameter',
      404: 'no such container',
      409: 'conflict',
      500: 'server error',
    },
  };
  return new Promise((resolve, reject) => {
    docker.modem.dial(options, (error: unknown, socket: unknown) => {
      if (socket instanceof Duplex) resolve(socket);
      else reject(error ?? new Error('the engine gives no stream'));
    });
  });
}
