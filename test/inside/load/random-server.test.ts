import type net from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runLoad } from '../../../src/inside/load/run-load.ts';
import type { LoadKind } from '../../../src/inside/protocol.ts';
import { rawServer, reset } from '../local-server.ts';
import { inOrder, specOf } from './load-on.ts';

/** What a server may do when bytes come; `pause` first. */
const deeds: Readonly<Record<string, (socket: net.Socket) => void>> = {
  answer: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
  answerAndClose: (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
  answerChunked: (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n'),
  answerTwice: (socket) => socket.write('HTTP/1.1 204 No\r\n\r\nHTTP/1.1 204 No\r\n\r\n'),
  fail: (socket) => socket.write('HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n'),
  half: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok'),
  halfAndClose: (socket) => socket.end('HTTP/1.1 200 OK\r\nConte'),
  event: (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n'),
  garble: (socket) => socket.write('\0\u00ff\r\n\r\n'),
  close: (socket) => socket.end(),
  reset: (socket) => reset(socket),
  silence: () => {},
};

const deed = fc.constantFrom(...Object.keys(deeds));
const kinds: readonly LoadKind[] = ['fresh', 'keep-alive', 'slow', 'websocket', 'sse', 'tcp'];

/** A server that does at random what servers do wrong, and may go away: the account is in order (`inOrder`) all the same. */
test('every request is accounted for, whatever the server does', { timeout: 120_000 }, async () => {
  const plan = fc.record({
    deeds: fc.array(fc.record({ deed, pause: fc.nat(60) }), { minLength: 1, maxLength: 20 }),
    parts: fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        rate: fc.integer({ min: 20, max: 300 }),
        method: fc.constantFrom('GET', 'POST', 'HEAD'),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    goesAt: fc.option(fc.nat(300)),
    stopAt: fc.option(fc.nat(300)),
    notice: fc.boolean(),
    timeoutMs: fc.integer({ min: 30, max: 200 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ deeds: done, parts, goesAt, stopAt, notice, timeoutMs }) => {
      let turn = 0;
      const server = await rawServer((socket) => {
        socket.on('end', () => socket.end());
        socket.on('data', () => {
          const { deed, pause } = done[turn++ % done.length]!;
          setTimeout(() => socket.destroyed || deeds[deed]?.(socket), pause);
        });
      });
      const timers: NodeJS.Timeout[] = [];
      try {
        const load = await runLoad(
          specOf(
            server.port,
            parts.map(({ kind, rate, method }) => ({
              kind,
              rate,
              slowMs: 20,
              request: { method, path: '/', body: kind === 'tcp' ? 'x' : '' },
            })),
            {
              seconds: 0.3,
              timeoutMs,
              ...(notice ? { notice: { path: '/', everyMs: 40, fall: 2, timeoutMs: 50 } } : {}),
            },
          ),
        );
        if (goesAt !== null) timers.push(setTimeout(() => server.close(), goesAt));
        if (stopAt !== null) timers.push(setTimeout(() => load.stop(), stopAt));
        const result = inOrder(await load.result);
        const wanted = parts.reduce((sum, { rate }) => sum + rate * 0.3 + 1, 0);
        expect(result.total.planned).toBeGreaterThan(0);
        expect(result.total.planned).toBeLessThanOrEqual(wanted);
        // Nobody stopped it: all that was planned was tried.
        if (stopAt === null && !notice) expect(result.total.planned).toBeGreaterThanOrEqual(wanted - 2 * parts.length);
      } finally {
        for (const timer of timers) clearTimeout(timer);
        server.close();
      }
    }),
    { numRuns: 40 },
  );
});
