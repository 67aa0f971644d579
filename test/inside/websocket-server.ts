import { createHash } from 'node:crypto';
import http from 'node:http';
import type { Socket } from 'node:net';
import { type LocalServer, listening } from './local-server.ts';

/** One WebSocket as a server has it: frames that come are unmasked, frames that go are not masked. */
export interface Talk {
  readonly socket: Socket;
  send(opcode: number, payload: string | Buffer, isFinal?: boolean): void;
}

/** `hear` gets every frame; `meet` each new socket. Written for these tests from RFC 6455, apart from what it tests. */
export function websocketServer(
  hear: (talk: Talk, opcode: number, payload: Buffer) => void,
  meet: (talk: Talk) => void = () => {},
): Promise<LocalServer> {
  const server = http.createServer((_, response) => response.writeHead(426).end());
  server.on('upgrade', (request, stream) => {
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    stream.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const socket = stream as Socket;
    const talk: Talk = {
      socket,
      send(opcode, text, isFinal = true) {
        const payload = Buffer.from(text);
        const { length } = payload;
        const long = length >= 65_536 ? 8 : length >= 126 ? 2 : 0;
        const head = Buffer.alloc(2 + long);
        head[0] = (isFinal ? 0x80 : 0) | opcode;
        head[1] = long === 8 ? 127 : long === 2 ? 126 : length;
        if (long === 2) head.writeUInt16BE(length, 2);
        if (long === 8) head.writeBigUInt64BE(BigInt(length), 2);
        socket.write(Buffer.concat([head, payload]));
      },
    };
    socket.on('error', () => {});
    let held = Buffer.alloc(0);
    socket.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes]);
      for (;;) {
        const length = (held[1] ?? 0) & 0x7f;
        if (held.length < 2 || length > 125 || held.length < 6 + length) return;
        if (((held[1] ?? 0) & 0x80) === 0) throw new Error('a client must mask');
        const mask = held.subarray(2, 6);
        const payload = Buffer.from(held.subarray(6, 6 + length).map((byte, index) => byte ^ mask[index % 4]!));
        const opcode = held[0]! & 0x0f;
        held = held.subarray(6 + length);
        hear(talk, opcode, payload);
      }
    });
    socket.on('end', () => socket.end());
    meet(talk);
  });
  return listening(server, () => {});
}
