import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';

/**
 * The private engine lives in a network namespace without any way out (private-engine.ts). Two doors lead through
 * files, which namespaces do not divide: builds reach the network through a proxy that listens inside and is answered
 * outside, and tests reach published ports by a CONNECT to a socket that is answered inside.
 */
export function proxyAt(socket: string): http.Server {
  fs.rmSync(socket, { force: true });
  const server = http.createServer((request, response) => {
    // apt speaks plain HTTP to a proxy: the whole address stands in the request line.
    const target = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
    if (target?.protocol !== 'http:') return void response.writeHead(400).end();
    const onward = http.request(target, { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    request.on('error', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request: http.IncomingMessage, near: net.Socket, head: Buffer) => {
    const [, host = '', port = ''] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(request.url ?? '') ?? [];
    const far = net.connect({ host, port: Number(port) }, () => {
      near.write('HTTP/1.1 200 Connected\r\n\r\n');
      far.write(head);
      join(near, far);
    });
    far.once('error', () => near.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    near.once('error', () => far.destroy());
  });
  server.listen(socket);
  return server;
}

/** Hands every connection to a port on to a socket. */
export function portTo(port: number, socket: string): net.Server {
  const server = net.createServer((near) => join(near, net.connect(socket)));
  server.listen(port, '0.0.0.0');
  return server;
}

function join(one: net.Socket, other: net.Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
}
