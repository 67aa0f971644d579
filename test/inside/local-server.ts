import http from 'node:http';
import net from 'node:net';

/** A server on a free port of 127.0.0.1; `close` tears down what is still connected. */
export interface LocalServer {
  readonly port: number;
  /** Connections that were taken so far. */
  readonly taken: () => number;
  /** Connections that are open now. */
  readonly open: () => number;
  /** Takes no new ones; those that are open stay. */
  stopListening(): void;
  close(): void;
}

/** What to do with each connection, byte by byte. */
export const rawServer = (talk: (socket: net.Socket, number: number) => void): Promise<LocalServer> => {
  const server = net.createServer({ allowHalfOpen: true });
  return listening(server, (socket, number) => {
    // Who is cut off here has nothing to say about it.
    socket.on('error', () => {});
    talk(socket, number);
  });
};

/**
 * Tears a connection down with RST. Not while it is being shut down: Node 20 then never closes it, and a worker that has
 * such a handle never ends (its `TCPWrap::Reset` calls it closed whatever libuv said).
 */
export const reset = (socket: net.Socket): void => {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
};

/** Says `answer` to each request: to whatever ends with an empty line. */
export const rawAnswers = (
  answer: (socket: net.Socket, request: string, number: number) => void,
): Promise<LocalServer> =>
  rawServer((socket, number) => {
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      for (let end = heard.indexOf('\r\n\r\n'); end >= 0; end = heard.indexOf('\r\n\r\n')) {
        const request = heard.slice(0, end + 4);
        heard = heard.slice(end + 4);
        answer(socket, request, number);
      }
    });
    socket.on('end', () => socket.end());
  });

export const httpServer = (
  listener: http.RequestListener,
  set?: (server: http.Server) => void,
): Promise<LocalServer> => {
  const server = http.createServer(listener);
  set?.(server);
  return listening(server, () => {});
};

export function listening(
  server: net.Server,
  talk: (socket: net.Socket, number: number) => void,
): Promise<LocalServer> {
  const sockets = new Set<net.Socket>();
  let taken = 0;
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    taken += 1;
    talk(socket, taken);
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port'));
      resolve({
        port: address.port,
        taken: () => taken,
        open: () => sockets.size,
        // Of `net`, because that of `http` also closes connections that idle.
        stopListening: () => void net.Server.prototype.close.call(server),
        close() {
          for (const socket of sockets) socket.destroy();
          server.close();
        },
      });
    });
  });
}

/** A port of 127.0.0.1 where nobody listens; one that was free a moment ago may be another test's by now. */
export const deadPort = 1;
