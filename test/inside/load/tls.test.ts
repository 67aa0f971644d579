import https from 'node:https';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askHttp } from '../../../src/inside/http/ask-http.ts';
import { deadPort, httpServer, type LocalServer, listening } from '../local-server.ts';
import { selfSigned } from '../self-signed.ts';
import { loadOn } from './load-on.ts';

let server: LocalServer;
beforeAll(async () => {
  server = await listening(
    https.createServer(selfSigned(), (_, response) => response.end('ok')),
    () => {},
  );
});
afterAll(() => server.close());

test.each(['fresh', 'keep-alive', 'slow'] as const)('%s over TLS, whoever signed it', async (kind) => {
  const result = await loadOn(
    server.port,
    { kind, slowMs: 20, rate: 50 },
    { seconds: 0.4, tls: true, timeoutMs: 5000 },
  );
  expect(result.total).toMatchObject({ planned: 20, answered: 20 });
});

test('one request over TLS', async () => {
  const to = { host: 'localhost', port: server.port, tls: true };
  expect(await askHttp(to, { method: 'GET', path: '/' }, 5000)).toMatchObject({ status: 200, body: 'ok' });
});

test('no TLS there: no connection is had', async () => {
  const plain = await httpServer((_, response) => response.end());
  for (const port of [plain.port, deadPort])
    expect((await loadOn(port, { kind: 'fresh' }, { tls: true })).total).toMatchObject({ sent: 0, refused: 40 });
  plain.close();
});
