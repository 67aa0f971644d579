import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findEngine } from './find-engine.ts';
import { portTo, proxyAt } from './gate.ts';

const silent = () => undefined;

test('none is what leaves engine tests out', async () => {
  expect(await findEngine(silent, { SEAWORTHY_ENGINE: 'none' })).toEqual({ none: true });
});

test('an engine that was named and does not answer is an error, in one line that says what leaves the tests out', async () => {
  const found = await findEngine(silent, { SEAWORTHY_ENGINE: '/nowhere/docker.sock' });
  expect(found).toEqual({
    error:
      'No engine answers at /nowhere/docker.sock (SEAWORTHY_ENGINE). SEAWORTHY_ENGINE=none leaves the tests on a real engine out.',
  });
});

/** A server, and the two doors before it. */
async function doors() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-gate-'));
  const server = http.createServer((request, response) => response.end(`${request.method} ${request.url}`));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = path.join(folder, 'proxy.sock');
  const proxy = proxyAt(socket);
  onTestFinished(() => {
    for (const one of [server, proxy]) {
      one.closeAllConnections();
      one.close();
    }
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return { socket, port: (server.address() as net.AddressInfo).port };
}

test('the gate takes whole addresses, as apt sends them', async () => {
  const { socket, port } = await doors();
  const text = await new Promise<string>((resolve, reject) => {
    const request = http.get({ socketPath: socket, path: `http://127.0.0.1:${port}/a?b` }, (answer) => {
      answer.on('data', (chunk) => resolve(String(chunk)));
    });
    request.on('error', reject);
  });
  expect(text).toBe('GET /a?b');
});

test('the gate connects, through a port as well, and says so when it cannot', async () => {
  const { socket, port } = await doors();
  const pipe = portTo(0, socket);
  onTestFinished(() => void pipe.close());
  await new Promise<void>((resolve) => pipe.once('listening', resolve));
  const { port: inside } = pipe.address() as net.AddressInfo;
  const said = (to: string, then = '') =>
    new Promise<string>((resolve) => {
      let text = '';
      const near = net.connect(inside, '127.0.0.1', () => near.write(`CONNECT ${to} HTTP/1.1\r\n\r\n`));
      near.on('data', (chunk) => {
        if (text === '' && then !== '') near.write(then);
        text += chunk;
      });
      near.on('close', () => resolve(text));
    });
  expect(await said(`127.0.0.1:${port}`, 'GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toContain(
    'GET /c',
  );
  expect(await said('127.0.0.1:1')).toMatch(/^HTTP\/1.1 502 /);
});
