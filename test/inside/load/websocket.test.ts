import { afterAll, describe, expect, test } from 'vitest';
import { httpServer, type LocalServer, deadPort, rawAnswers } from '../local-server.ts';
import { websocketServer } from '../websocket-server.ts';
import { loadOn, reasons } from './load-on.ts';

const servers: LocalServer[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});
const use = async (made: Promise<LocalServer>): Promise<LocalServer> => {
  const server = await made;
  servers.push(server);
  return server;
};
const [text, binary, close, ping, pong] = [1, 2, 8, 9, 10];
const part = { kind: 'websocket', connections: 4 } as const;
const going = Buffer.from([0x03, 0xe9]);

describe.concurrent('websocket', () => {
  test('every message is answered, over so many connections', async ({ expect }) => {
    const heard = new Set<string>();
    const goodbyes: number[] = [];
    const server = await use(
      websocketServer((talk, opcode, payload) => {
        if (opcode === close) goodbyes.push(payload.readUInt16BE(0));
        if (opcode !== text) return;
        heard.add(payload.toString());
        talk.send(text, payload);
      }),
    );
    const result = await loadOn(server.port, { ...part, request: { method: 'GET', path: '/', body: 'ahoi' } });
    expect(result.total).toMatchObject({ planned: 40, answered: 40 });
    expect([...heard]).toEqual(['ahoi']);
    expect(server.taken()).toBe(4);
    await expect.poll(() => goodbyes).toEqual([1001, 1001, 1001, 1001]);
  });

  test('answers long and short, in pieces, between pings', async () => {
    const pongs: string[] = [];
    const lengths = [0, 5, 125, 126, 70_000];
    let turn = 0;
    const server = await use(
      websocketServer((talk, opcode, payload) => {
        if (opcode === pong) pongs.push(payload.toString());
        if (opcode !== text) return;
        turn += 1;
        talk.send(text, 'x'.repeat(lengths[turn % lengths.length]!), false);
        talk.send(ping, `${turn}`);
        talk.send(0, 'and that is all');
      }),
    );
    expect((await loadOn(server.port, part)).total.answered).toBe(40);
    // The last may come after we have gone.
    expect(pongs.length).toBeGreaterThan(5);
  });

  test('a frame in single bytes', async () => {
    const server = await use(
      websocketServer((talk, opcode) => {
        if (opcode !== text) return;
        talk.socket.setNoDelay(true);
        for (const byte of [0x82, 126, 0, 200, ...Buffer.alloc(200)]) talk.socket.write(Buffer.from([byte]));
      }),
    );
    expect((await loadOn(server.port, part)).total.answered).toBe(40);
  });

  test('an answer that comes too late answers no other', async () => {
    const server = await use(
      websocketServer((talk, opcode) => {
        if (opcode === text) setTimeout(() => talk.send(binary, 'at last'), 600);
      }),
    );
    const result = await loadOn(server.port, part, { timeoutMs: 300 });
    expect(result.total.answered).toBe(0);
    expect(Object.keys(reasons(result))).toEqual(['timeout']);
  });

  test('the server goes between two messages: nothing is lost', async () => {
    const server = await use(
      websocketServer((talk, opcode, payload) => {
        if (opcode !== text) return;
        talk.send(text, payload);
        talk.send(close, going);
      }),
    );
    // One at a time: the next comes long after the answer to the last.
    const result = await loadOn(server.port, { ...part, connections: 40 });
    expect(result.total).toMatchObject({ answered: 40, lost: 0 });
    expect(server.taken()).toBe(40);
  });

  test('it goes without an answer', async () => {
    const server = await use(websocketServer((talk, opcode) => opcode === text && talk.send(close, going)));
    expect(reasons(await loadOn(server.port, part))).toEqual({ closed: 40 });
  });

  test.each(['end', 'resetAndDestroy'] as const)('its socket is gone (%s)', async (how) => {
    const server = await use(websocketServer((talk, opcode) => opcode === text && talk.socket[how]()));
    const result = await loadOn(server.port, { ...part, connections: 40 });
    expect(reasons(result)).toEqual({ [how === 'end' ? 'closed' : 'reset']: 40 });
  });

  test('its socket is gone in the midst of a frame', async () => {
    const server = await use(
      websocketServer((talk, opcode) => opcode === text && talk.socket.end(Buffer.from([0x81, 5, 65]))),
    );
    expect(reasons(await loadOn(server.port, { ...part, connections: 40 }))).toEqual({ cut: 40 });
  });

  test('a server that masks, or uses what was not agreed upon', async () => {
    for (const bytes of [
      [0x81, 0x81, 0, 0, 0, 0, 65],
      [0xc1, 1, 65],
    ]) {
      const server = await use(
        websocketServer((talk, opcode) => opcode === text && talk.socket.write(Buffer.from(bytes))),
      );
      expect(reasons(await loadOn(server.port, { ...part, connections: 40 }))).toEqual({ garbled: 40 });
    }
  });

  test('no WebSocket there', async () => {
    const server = await use(httpServer((_, response) => response.writeHead(404).end()));
    const result = await loadOn(server.port, part);
    expect(reasons(result)).toEqual({ status: 40 });
    expect(result.statuses).toEqual({ 404: 40 });
  });

  test('a handshake that is none', async () => {
    const server = await use(
      rawAnswers((socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: no\r\n\r\n')),
    );
    expect(reasons(await loadOn(server.port, part))).toEqual({ garbled: 40 });
  });

  test('nobody listens', async () => {
    expect((await loadOn(deadPort, part)).total).toMatchObject({ sent: 0, refused: 40 });
  });
});
