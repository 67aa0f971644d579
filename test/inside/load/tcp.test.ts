import { afterAll, describe, expect, test } from 'vitest';
import { deadPort, type LocalServer, rawServer, reset } from '../local-server.ts';
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
const asking = { kind: 'tcp', request: { method: '', path: '', body: 'PING\r\n' } } as const;

describe.concurrent('tcp', () => {
  test('a connection is enough', async ({ expect }) => {
    const server = await use(rawServer((socket) => socket.resume().on('end', () => socket.end())));
    expect((await loadOn(server.port, { kind: 'tcp' })).total).toMatchObject({ planned: 40, answered: 40 });
    await expect.poll(() => server.open()).toBe(0);
  });

  test('a byte that comes back', async () => {
    const heard = new Set<string>();
    const server = await use(
      rawServer((socket) =>
        socket.on('data', (bytes) => {
          heard.add(bytes.toString());
          socket.write('+PONG\r\n');
        }),
      ),
    );
    expect((await loadOn(server.port, asking)).total.answered).toBe(40);
    expect([...heard]).toEqual(['PING\r\n']);
  });

  test('none that comes back', async () => {
    const silent = await use(rawServer((socket) => socket.resume()));
    expect(Object.keys(reasons(await loadOn(silent.port, asking, { timeoutMs: 300 })))).toEqual(['timeout']);
    const closing = await use(rawServer((socket) => socket.on('data', () => socket.end())));
    expect(reasons(await loadOn(closing.port, asking))).toEqual({ closed: 40 });
    const resetting = await use(rawServer((socket) => socket.on('data', () => reset(socket))));
    expect(reasons(await loadOn(resetting.port, asking))).toEqual({ reset: 40 });
  });

  test('nobody listens', async () => {
    expect((await loadOn(deadPort, asking)).total).toMatchObject({ sent: 0, refused: 40 });
  });
});
