import type net from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { keepAliveDriver } from '../../../src/inside/load/keep-alive.ts';
import { runLoad } from '../../../src/inside/load/run-load.ts';
import { deadPort, httpServer, type LocalServer, rawAnswers, rawServer, reset } from '../local-server.ts';
import { ByHand } from './by-hand.ts';
import { inOrder, loadOn, reasons, specOf } from './load-on.ts';

/** Requests over HTTP against servers that do one thing each, well or badly. */
const servers: LocalServer[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});
const use = async (made: Promise<LocalServer>): Promise<LocalServer> => {
  const server = await made;
  servers.push(server);
  return server;
};
const all = ['fresh', 'keep-alive', 'slow'] as const;
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe.concurrent.each(all)('%s', (kind) => {
  const part = { kind, slowMs: 20 };

  test('a sound server answers all', async () => {
    const server = await use(httpServer((_, response) => response.end('ok')));
    const result = await loadOn(server.port, part);
    expect(result.total).toMatchObject({ planned: 40, answered: 40 });
    expect(result.statuses).toEqual({ 200: 40 });
    expect(result.latency.p50).toBeGreaterThan(0);
    expect(result.latency.max).toBeGreaterThanOrEqual(result.latency.p99);
    expect(result.firstRefusedMs).toBeUndefined();
    expect(result.noticedMs).toBeUndefined();
  });

  test('nobody listens: nothing is sent', async () => {
    const result = await loadOn(deadPort, part);
    expect(result.total).toMatchObject({ planned: 40, sent: 0, refused: 40 });
    expect(result.firstRefusedMs).toBeDefined();
    expect(result.lastAnsweredMs).toBeUndefined();
  });

  test('500 is an answer that is none', async () => {
    const server = await use(httpServer((_, response) => response.writeHead(503).end()));
    const result = await loadOn(server.port, part);
    expect(result.total).toMatchObject({ sent: 40, lost: 40 });
    expect(reasons(result)).toEqual({ status: 40 });
    expect(result.losses[0]?.status).toBe(503);
    expect(result.statuses).toEqual({ 503: 40 });
  });

  test('the status is the one that is expected', async () => {
    const server = await use(httpServer((_, response) => response.writeHead(404).end('nothing here')));
    expect((await loadOn(server.port, part)).total.answered).toBe(40);
    const strict = { ...part, request: { method: 'GET', path: '/', expect: [200] } };
    expect((await loadOn(server.port, strict)).total.lost).toBe(40);
  });

  test('never answered: lost when its time is over', async ({ expect }) => {
    const server = await use(rawServer((socket) => socket.on('end', () => socket.end()).resume()));
    const result = await loadOn(server.port, part, { timeoutMs: 300 });
    // On a very busy machine a connection may take longer than that: refused then.
    expect(result.total.answered).toBe(0);
    expect(Object.keys(reasons(result))).toEqual(['timeout']);
    expect(Math.min(...result.losses.map(({ afterMs }) => afterMs))).toBeGreaterThanOrEqual(299);
    // What timed out is of no more use to anybody.
    await expect.poll(() => server.open()).toBe(0);
  });

  test('closed without a word', async () => {
    const server = await use(rawAnswers((socket) => socket.end()));
    expect(reasons(await loadOn(server.port, part))).toEqual({ closed: 40 });
  });

  test('reset without a word', async () => {
    const server = await use(rawAnswers((socket) => reset(socket)));
    expect(reasons(await loadOn(server.port, part))).toEqual({ reset: 40 });
  });

  test.each([
    ['closed in the head', 'HTTP/1.1 200 OK\r\nContent-Le', false],
    ['closed in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok', false],
    ['reset in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok', true],
    ['closed in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok', false],
    ['closed before the last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n', false],
  ])('%s', async (_, text, isReset) => {
    const server = await use(
      rawAnswers((socket) => socket.write(text, () => (isReset ? setTimeout(() => reset(socket), 20) : socket.end()))),
    );
    expect(reasons(await loadOn(server.port, part))).toEqual({ cut: 40 });
  });

  test('half an answer, and then silence', async () => {
    const server = await use(rawAnswers((socket) => socket.write(ok.slice(0, -1))));
    const result = await loadOn(server.port, part, { timeoutMs: 300 });
    expect(result.total.answered).toBe(0);
    expect(Object.keys(reasons(result))).toEqual(['timeout']);
  });

  test('what is not HTTP', async () => {
    const server = await use(rawAnswers((socket) => socket.write("-ERR unknown command 'GET'\r\n")));
    expect(reasons(await loadOn(server.port, part))).toEqual({ garbled: 40 });
  });

  test('an answer in single bytes, after interim ones', async () => {
    const server = await use(
      rawAnswers((socket) => {
        socket.setNoDelay(true);
        const text = `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok}`;
        for (const letter of text) socket.write(letter);
      }),
    );
    expect((await loadOn(server.port, part)).statuses).toEqual({ 200: 40 });
  });

  test('a megabyte in chunks, and one with its length', async () => {
    const mega = 'x'.repeat(1_000_000);
    const server = await use(
      httpServer((request, response) => {
        if (request.url === '/chunked') response.write(mega.slice(0, 10));
        response.end(request.url === '/chunked' ? mega.slice(10) : mega);
      }),
    );
    const parts = ['/chunked', '/plain'].map((path) => ({ ...part, request: { method: 'GET', path } }));
    expect((await loadOn(server.port, parts)).total).toMatchObject({ planned: 80, answered: 80 });
  });

  test.each(['HEAD', 'PUT', 'DELETE', 'POST'])('%s', async (method) => {
    const seen: string[] = [];
    const server = await use(
      httpServer((request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        request.on('end', () => {
          seen.push(`${request.method} ${request.url} ${request.headers['x-ship']} ${body}`);
          response.writeHead(method === 'DELETE' ? 204 : 200, method === 'HEAD' ? { 'Content-Length': 7 } : {}).end();
        });
      }),
    );
    const request = { method, path: '/a b', headers: { 'X-Ship': 'gull' }, body: method === 'HEAD' ? '' : 'crème' };
    expect((await loadOn(server.port, { ...part, request })).total.answered).toBe(40);
    expect(new Set(seen)).toEqual(new Set([`${method} /a%20b gull ${request.body}`]));
  });

  test('a body without a length ends with the connection', async () => {
    const server = await use(rawAnswers((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nhello')));
    const result = await loadOn(server.port, part);
    expect(result.total.answered).toBe(40);
    expect(server.taken()).toBe(40);
  });
});

describe.concurrent('fresh', () => {
  test('a connection each, and the server is asked to close it', async () => {
    const heads = new Set<string | undefined>();
    const server = await use(
      httpServer((request, response) => {
        heads.add(request.headers.connection);
        response.end();
      }),
    );
    await loadOn(server.port, { kind: 'fresh' });
    expect(server.taken()).toBe(40);
    expect([...heads]).toEqual(['close']);
  });
});

describe.concurrent('slow', () => {
  test.each([
    ['the head', 'GET', undefined],
    ['the body', 'POST', 'a body of some length'],
  ])('%s comes in two pieces', async (_, method, body) => {
    const firsts: string[] = [];
    const server = await use(
      rawServer((socket) => {
        let heard = '';
        socket.on('data', (bytes) => {
          if (heard === '') firsts.push(bytes.toString());
          heard += bytes.toString();
          if (body === undefined ? heard.endsWith('\r\n\r\n') : heard.endsWith(body)) socket.end(ok);
        });
      }),
    );
    const request = { method, path: '/', ...(body === undefined ? {} : { body }) };
    const result = await loadOn(server.port, { kind: 'slow', slowMs: 300, request });
    expect(result.total.answered).toBe(40);
    expect(result.latency.p50).toBeGreaterThanOrEqual(299);
    // On a busy machine both may be there when the server looks; not for all of them.
    const part = body === undefined ? /[^\n]$/ : /\r\n\r\na bo?d?y?.{0,12}$/;
    expect(firsts.some((first) => part.test(first))).toBe(true);
  });

  test('an answer before the second piece counts', async () => {
    const server = await use(
      rawServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n'))),
    );
    const request = { method: 'POST', path: '/', body: 'much' };
    const result = await loadOn(server.port, { kind: 'slow', slowMs: 60_000, request });
    expect(result.statuses).toEqual({ 413: 40 });
  });
});

describe.concurrent('keep-alive', () => {
  const part = { kind: 'keep-alive', connections: 4 } as const;

  test('so many connections, used in turn, and open until the load is over', async ({ expect }) => {
    const uses = new Map<number | undefined, number>();
    const server = await use(
      httpServer(
        (request, response) => {
          uses.set(request.socket.remotePort, (uses.get(request.socket.remotePort) ?? 0) + 1);
          response.end();
        },
        // By default Node closes those that idle for 5 s.
        (made) => {
          made.keepAliveTimeout = 600_000;
        },
      ),
    );
    const load = new ByHand(server.port, keepAliveDriver, part);
    for (let count = 0; count < 12; count++) {
      load.fire();
      await load.ended();
    }
    expect([...uses.values()]).toEqual([3, 3, 3, 3]);
    server.stopListening();
    await wait(300);
    expect(server.open()).toBe(4);
    expect((await load.end()).total).toMatchObject({ planned: 12, answered: 12 });
    await expect.poll(() => server.open()).toBe(0);
  });

  test('`Connection: close` is honoured', async () => {
    const server = await use(httpServer((_, response) => response.writeHead(200, { Connection: 'close' }).end()));
    expect((await loadOn(server.port, part)).total).toMatchObject({ answered: 40, retried: 0 });
    expect(server.taken()).toBe(40);
  });

  test('a slow answer does not delay the next request', async () => {
    let [open, most] = [0, 0];
    const server = await use(
      httpServer((_, response) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          response.end();
        }, 1000);
      }),
    );
    expect((await loadOn(server.port, part)).total.answered).toBe(40);
    // All of 0.2 s, over connections for 4.
    expect(most).toBeGreaterThan(20);
  });

  /** Answers the first request on a connection; what it does then is `go`. */
  const thenDoes = (go: (socket: net.Socket) => void) => {
    const used = new Set<number>();
    return use(
      rawAnswers((socket, _, number) => {
        if (used.has(number)) go(socket);
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        used.add(number);
      }),
    );
  };
  /** Two requests on one connection, the second when the first was answered. */
  const two = async (server: LocalServer, method: string, between = () => {}) => {
    const load = new ByHand(server.port, keepAliveDriver, { ...part, connections: 1, request: { method, path: '/' } });
    load.fire();
    expect((await load.ended()).total.answered).toBe(1);
    between();
    load.fire();
    return inOrder(await load.end());
  };

  test.each(['GET', 'HEAD'])('%s on a connection that closes is sent again', async (method) => {
    const server = await thenDoes((socket) => socket.end());
    expect((await two(server, method)).total).toEqual({
      planned: 2,
      sent: 2,
      answered: 2,
      lost: 0,
      refused: 0,
      retried: 1,
    });
    expect(server.taken()).toBe(2);
  });

  test('so it is when that is reset', async () => {
    const server = await thenDoes((socket) => reset(socket));
    expect((await two(server, 'GET')).total).toMatchObject({ answered: 2, retried: 1 });
  });

  test('POST is not', async () => {
    const server = await thenDoes((socket) => socket.end());
    const result = await two(server, 'POST');
    expect(result.total).toMatchObject({ answered: 1, lost: 1, retried: 0 });
    expect(reasons(result)).toEqual({ closed: 1 });
  });

  test('nor is anything whose answer had begun', async () => {
    const server = await thenDoes((socket) => socket.end('HTTP/1.1 2'));
    const result = await two(server, 'GET');
    expect(result.total).toMatchObject({ answered: 1, lost: 1, retried: 0 });
    expect(reasons(result)).toEqual({ cut: 1 });
  });

  test('nor one on a connection that is new', async () => {
    const server = await use(rawAnswers((socket) => socket.end()));
    expect((await loadOn(server.port, part)).total).toMatchObject({ lost: 40, retried: 0 });
  });

  test('sent again where nobody listens any more: refused', async () => {
    const server = await thenDoes((socket) => reset(socket));
    const result = await two(server, 'GET', () => server.stopListening());
    expect(result.total).toEqual({ planned: 2, sent: 1, answered: 1, lost: 0, refused: 1, retried: 1 });
  });
});

describe.concurrent('the account', () => {
  test('the server resets all and goes, at some time', async ({ expect }) => {
    let [isSilent, silenced] = [false, 0];
    const server = await use(
      httpServer((_, response) => {
        if (isSilent) silenced += 1;
        else response.end('ok');
      }),
    );
    const kinds = all.map((kind) => ({ kind, slowMs: 50 }));
    const load = await runLoad(specOf(server.port, kinds, { seconds: 60 }));
    await wait(300);
    isSilent = true;
    await expect.poll(() => silenced).toBeGreaterThan(20);
    server.close();
    await wait(300);
    load.stop();
    const result = inOrder(await load.result);
    expect(result.total.answered).toBeGreaterThan(0);
    expect(result.total.lost).toBeGreaterThan(20);
    expect(result.total.refused).toBeGreaterThan(0);
    expect(result.firstRefusedMs).toBeGreaterThan(299);
  });

  test('stopped in the midst: what is under way is waited for', async () => {
    const server = await use(httpServer((_, response) => setTimeout(() => response.end('ok'), 200)));
    const load = await runLoad(specOf(server.port, [{ kind: 'fresh' }, { kind: 'keep-alive' }], { seconds: 60 }));
    await wait(300);
    load.stop();
    const result = inOrder(await load.result);
    expect(result.total.lost).toBe(0);
    expect(result.total.answered).toBe(result.total.planned);
    expect(result.total.planned).toBeLessThan(20_000);
  });

  test('who has noticed sends nothing more, and keeps its connections', { timeout: 120_000 }, async ({ expect }) => {
    let [isUp, asked] = [true, 0];
    const server = await use(
      httpServer(
        (request, response) => {
          asked += 1;
          response.writeHead(request.url === '/ready' && !isUp ? 503 : 200).end();
        },
        (made) => {
          made.keepAliveTimeout = 600_000;
        },
      ),
    );
    const notice = { path: '/ready', everyMs: 50, fall: 3, timeoutMs: 5000 };
    const load = await runLoad(
      specOf(
        server.port,
        [
          { kind: 'fresh', rate: 50 },
          { kind: 'keep-alive', rate: 50 },
        ],
        { seconds: 100, notice },
      ),
    );
    await wait(200);
    isUp = false;
    const hasFallenSilent = async () => {
      const before = asked;
      await wait(500);
      return asked === before;
    };
    await expect.poll(hasFallenSilent, { timeout: 60_000 }).toBe(true);
    expect(server.open()).toBeGreaterThan(0);
    load.stop();
    const result = inOrder(await load.result);
    expect(result.noticedMs).toBeGreaterThan(200);
    expect(reasons(result)).toEqual({});
    expect(result.total.answered).toBe(result.total.planned);
  });

  test('a server that freezes: every request that should have been sent has waited', async () => {
    let frozenUntil = 0;
    const server = await use(
      httpServer((_, response) => {
        setTimeout(() => response.end('ok'), Math.max(0, frozenUntil - performance.now()));
      }),
    );
    const load = await runLoad(specOf(server.port, { kind: 'keep-alive', connections: 2 }, { seconds: 1.5 }));
    await wait(200);
    frozenUntil = performance.now() + 1000;
    const result = inOrder(await load.result);
    expect(result.total.answered).toBe(300);
    // 200 of the 300 fell into the second of silence; on average they waited half of it.
    expect(result.latency.max).toBeGreaterThan(900);
    expect(result.latency.p50).toBeGreaterThan(100);
  });

  test.each([
    ['no parts', { parts: [] }],
    ['a rate of nothing', { parts: [{ kind: 'fresh', rate: 0, request: { method: 'GET', path: '/' } }] }],
    ['no port', { port: 0 }],
    ['a name that nobody knows', { host: 'no-such-ship.invalid' }],
    [
      'a header that is two',
      { parts: [{ kind: 'fresh', rate: 1, request: { method: 'GET', path: '/', headers: { a: 'b\r\nc: d' } } }] },
    ],
  ] as const)('%s is refused', async (_, change) => {
    await expect(runLoad({ ...specOf(80, { kind: 'fresh' }), ...change })).rejects.toThrow();
  });
});
