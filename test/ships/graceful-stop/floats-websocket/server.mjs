import { createHash } from 'node:crypto';
import http from 'node:http';

let stopping = false;
const sockets = new Set();

const server = http.createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  response.writeHead(request.url === '/ready' && stopping ? 503 : 200).end();
});

/** A frame from the server: never masked, and short (RFC 6455, 5.2). */
const frame = (opcode, payload) => Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);

server.on('upgrade', (request, socket) => {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash('sha1').update(key).digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n');
  socket.write(`Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  let left = Buffer.alloc(0);
  socket.on('data', (data) => {
    left = Buffer.concat([left, data]);
    // Short masked frames only: two bytes, the mask, the text.
    while (left.length >= 6 && left.length >= 6 + (left[1] & 0x7f)) {
      const [opcode, length] = [left[0] & 0x0f, left[1] & 0x7f];
      const mask = left.subarray(2, 6);
      const text = Buffer.from(left.subarray(6, 6 + length).map((byte, index) => byte ^ mask[index % 4]));
      left = left.subarray(6 + length);
      if (opcode === 8) socket.end(frame(8, text));
      else if (opcode === 9) socket.write(frame(10, text));
      else if (opcode < 3) setTimeout(() => socket.write(frame(opcode, text)), 100);
    }
  });
});
server.listen(3000);

// A balancer needs a second to notice that this is no longer ready; until it has, all is answered as before.
process.on('SIGTERM', () => {
  stopping = true;
  setTimeout(() => {
    // 1001, going away: the other side closes when it has its answers, or is closed.
    for (const socket of sockets) socket.write(frame(8, Buffer.from([0x03, 0xe9])));
    setTimeout(() => sockets.forEach((socket) => socket.end()), 1000);
    server.close(() => process.exit(0));
    setInterval(() => server.closeIdleConnections(), 50);
  }, 2000);
});
