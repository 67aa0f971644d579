import type http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { eventStreamDriver } from '../../../src/inside/load/event-stream.ts';
import { runLoad } from '../../../src/inside/load/run-load.ts';
import { httpServer, type LocalServer, rawAnswers, reset } from '../local-server.ts';
import { ByHand } from './by-hand.ts';
import { inOrder, loadOn, reasons, specOf } from './load-on.ts';

const servers: LocalServer[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});
const use = async (made: Promise<LocalServer>): Promise<LocalServer> => {
  const server = await made;
  servers.push(server);
  return server;
};
const part = { kind: 'sse', connections: 100 } as const;
/** Every stream is told `first`; then what `go` does. */
const streams = (first: string, go: (response: http.ServerResponse) => unknown = () => {}) =>
  use(
    httpServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.flushHeaders();
      if (first !== '') response.write(first);
      go(response);
    }),
  );

describe.concurrent('sse', () => {
  test('streams are held until the load ends', async ({ expect }) => {
    const server = await streams('data: 1\n\n');
    const load = await runLoad(specOf(server.port, part, { seconds: 60 }));
    await expect.poll(() => server.open()).toBeGreaterThan(20);
    load.stop();
    const result = inOrder(await load.result);
    expect(result.total.answered).toBe(result.total.planned);
    expect(result.statuses).toEqual({ 200: result.total.planned });
    await expect.poll(() => server.open()).toBe(0);
  });

  test('the latency is that of the first event, not how long the stream was held', async ({ expect }) => {
    const server = await streams('data: 1\n\n');
    const began = performance.now();
    const load = new ByHand(server.port, eventStreamDriver, part);
    const attempt = load.fire();
    await expect.poll(() => attempt.latencyMs).toBeDefined();
    await wait(500);
    const { total, latency } = await load.end();
    expect(total).toMatchObject({ planned: 1, answered: 1 });
    expect(latency.max).toBeLessThanOrEqual(performance.now() - began - 499);
  });

  test('no more than so many', async () => {
    let most = 0;
    const server: LocalServer = await streams('data: 1\n\n', () => {
      most = Math.max(most, server.open());
    });
    expect((await loadOn(server.port, { ...part, connections: 3 })).total.answered).toBe(40);
    expect(most).toBeLessThan(40);
  });

  test.each(['\n', '\r\n', '\r'])('lines end with %j', async (line) => {
    const server = await streams(`: hello${line}${line}data: 1${line}`, (response) =>
      response.end(`data: 2${line}${line}`),
    );
    expect((await loadOn(server.port, part)).total.answered).toBe(40);
  });

  test('ended after a whole event', async () => {
    const server = await streams('data: 1\n\n', (response) =>
      setTimeout(() => response.end('event: bye\ndata:\n\n'), 20),
    );
    expect((await loadOn(server.port, part)).total).toMatchObject({ answered: 40 });
  });

  test.each([
    ['ended in the midst of an event', 'cut', (response: http.ServerResponse) => response.end('data: 2\n')],
    ['cut off', 'cut', (response: http.ServerResponse) => response.destroy()],
    ['reset', 'reset', (response: http.ServerResponse) => response.socket && reset(response.socket)],
  ] as const)('%s', async (_, reason, go) => {
    const told: http.ServerResponse[] = [];
    const server = await streams('data: 1\n\n', (response) => told.push(response));
    const load = new ByHand(server.port, eventStreamDriver, part);
    const attempts = Array.from({ length: 10 }, () => load.fire());
    await vi.waitFor(() => expect(attempts.every(({ latencyMs }) => latencyMs !== undefined)).toBe(true), 10_000);
    for (const response of told) go(response);
    const result = inOrder(await load.ended());
    expect(reasons(result)).toEqual({ [reason]: 10 });
    await load.end();
  });

  test('no event comes', async () => {
    const server = await streams('data: 1\n');
    const result = await loadOn(server.port, part, { timeoutMs: 300 });
    expect(result.total.answered).toBe(0);
    expect(Object.keys(reasons(result))).toEqual(['timeout']);
  });

  test('it says that all is well, and ends', async () => {
    const server = await streams('', (response) => response.end());
    expect(reasons(await loadOn(server.port, part))).toEqual({ closed: 40 });
  });

  test('no stream', async () => {
    const server = await use(httpServer((_, response) => response.writeHead(404).end('no')));
    expect(reasons(await loadOn(server.port, part))).toEqual({ status: 40 });
  });

  test('a stream without chunks ends with its connection', async () => {
    const server = await use(
      rawAnswers((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n');
        setTimeout(() => socket.end('data: 2\n\n'), 50);
      }),
    );
    expect((await loadOn(server.port, part)).total.answered).toBe(40);
  });
});
