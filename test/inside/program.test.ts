import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inside } from '../../src/inside/client.ts';
import { connectInside } from '../../src/inside/connect-inside.ts';
import { InsideGone } from '../../src/inside/inside-gone.ts';
import { SeaworthyError } from '../../src/vocabulary/error.ts';
import { insideFile } from '../house/set-up-inside.ts';
import { helper } from './helper.ts';
import { inOrder, specOf } from './load/load-on.ts';
import { deadPort, httpServer, type LocalServer, rawServer } from './local-server.ts';

/** The program itself, asked over its standard input and output as in a container. */
let inside: Inside;
let server: LocalServer;
let folder = '';
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-inside-'));
  ({ inside } = await helper());
  server = await httpServer((request, response) => {
    if (request.url === '/silence') return;
    if (request.url === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' }).write('data: 1\n\n');
      return;
    }
    response.writeHead(request.url === '/gone' ? 410 : 200, { 'X-Ship': 'gull' });
    response.end(request.url === '/long' ? 'x'.repeat(100_000) : `${request.method} crème`);
  });
});
afterAll(async () => {
  await inside.end();
  server.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('asking', () => {
  const get = (url: string) => ({ method: 'GET', path: url });

  test('http', async () => {
    const answer = await inside.http('127.0.0.1', server.port, get('/'), 5000);
    expect(answer).toMatchObject({ status: 200, body: 'GET crème', headers: { 'x-ship': 'gull' } });
    expect(answer.error).toBeUndefined();
    expect(answer.ms).toBeGreaterThan(0);
    expect((await inside.http('localhost', server.port, get('/gone'), 5000)).status).toBe(410);
    expect((await inside.http('127.0.0.1', server.port, get('/long'), 5000)).body).toHaveLength(65_536);
  });

  test('a stream of events, which never ends, has answered when it begins', async () => {
    const answer = await inside.http('127.0.0.1', server.port, get('/events'), 5000);
    expect(answer.status).toBe(200);
    expect(answer.error).toBeUndefined();
  });

  test.each([
    ['/silence', 'timeout'],
    ['', 'refused'],
  ])('http %s: %s', async (url, error) => {
    const port = url === '' ? deadPort : server.port;
    const answer = await inside.http('127.0.0.1', port, get(url), 200);
    expect(answer).toMatchObject({ error, body: '' });
    expect(answer.status).toBeUndefined();
  });

  test('http of a name that nobody knows', async () => {
    expect((await inside.http('no-such-ship.invalid', 80, get('/'), 5000)).error).toBe('unknown-name');
  });

  test('reach', async () => {
    expect(await inside.reach('127.0.0.1', server.port, 5000)).toBe('open');
    expect(await inside.reach('localhost', server.port, 5000)).toBe('open');
    expect(await inside.reach('127.0.0.1', deadPort, 5000)).toBe('refused');
    expect(await inside.reach('no-such-ship.invalid', 80, 5000)).toBe('unknown-name');
  });

  test('resolve', async () => {
    expect(await inside.resolve('localhost')).toContain('127.0.0.1');
    expect(await inside.resolve('::1')).toEqual(['::1']);
    expect(await inside.resolve('no-such-ship.invalid')).toEqual([]);
  });

  test('load, to its end and stopped', async () => {
    const load = await inside.load(specOf(server.port, [{ kind: 'fresh' }, { kind: 'keep-alive' }]));
    const endless = await inside.load(specOf(server.port, { kind: 'fresh' }, { seconds: 600 }));
    const result = inOrder(await load.result);
    expect(result.total).toMatchObject({ planned: 80, answered: 80 });
    const stopped = inOrder(await endless.stop());
    expect(stopped.total.answered).toBeGreaterThan(0);
    expect(await endless.result).toBe(stopped);
    expect(await endless.stop()).toBe(stopped);
    expect(Math.abs(inside.toOurs(result.beganMs) - performance.now())).toBeLessThan(20_000);
  });

  test('a load that makes no sense', async () => {
    await expect(inside.load({ ...specOf(1, []), parts: [] })).rejects.toThrow('nothing to send');
  });

  test('what cannot be done is said by name', async () => {
    const fault = await inside.block({ how: 'drop' }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(SeaworthyError);
    expect(fault).toMatchObject({ code: 'engine-refused', message: expect.stringContaining('port or a host') });
  });

  test('hold', async () => {
    const quiet = await rawServer((socket) => socket.resume().on('end', () => socket.end()));
    expect(await inside.hold('127.0.0.1', quiet.port, 30)).toEqual({ opened: 30, failed: 0 });
    await expect.poll(() => quiet.open()).toBe(30);
    expect(await inside.hold('127.0.0.1', deadPort, 3)).toEqual({ opened: 0, failed: 3 });
    await inside.release();
    await expect.poll(() => quiet.open()).toBe(0);
    quiet.close();
  });
});

describe('files', () => {
  test('fill, sizes, read, remove', async () => {
    const file = path.join(folder, 'ballast');
    expect(await inside.fill(file, 3_000_000)).toEqual({ written: 3_000_000, full: false });
    expect(fs.statSync(file).size).toBe(3_000_000);
    expect(await inside.sizes(folder)).toEqual({ ballast: 3_000_000 });
    expect(await inside.read(file, 18)).toBe('seaworthyseaworthy');
    await inside.remove(file);
    await inside.remove(file);
    expect(await inside.sizes(folder)).toEqual({});
    expect(await inside.read(file, 18)).toBeUndefined();
  });

  test('nothing that is there is written over, nor what a link leads to', async () => {
    const file = path.join(folder, 'cargo');
    const link = path.join(folder, 'link');
    fs.writeFileSync(file, 'precious');
    fs.symlinkSync(path.join(folder, 'elsewhere'), link);
    for (const name of [file, link]) await expect(inside.fill(name, 10)).rejects.toThrow('EEXIST');
    await expect(inside.fill(path.join(folder, 'no/such/folder'), 10)).rejects.toThrow('ENOENT');
    expect(fs.readFileSync(file, 'utf8')).toBe('precious');
    expect(fs.readdirSync(folder).sort()).toEqual(['cargo', 'link']);
  });

  test('a full disk', async ({ skip }) => {
    const small = path.join(folder, 'small');
    fs.mkdirSync(small);
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]);
    if (status !== 0) return skip('nothing may be mounted here');
    try {
      expect(await inside.fill(path.join(small, 'ballast'), 1e9)).toEqual({ written: 1_048_576, full: true });
    } finally {
      spawnSync('umount', [small]);
    }
  });
});

describe.skipIf(process.platform !== 'linux')('processes (Linux)', () => {
  test('what a process is, and that it takes signals', async () => {
    const child = spawn(
      process.execPath,
      [
        '-e',
        'process.on("SIGUSR2", () => console.log("heard")); setInterval(() => {}, 1000); console.log("ready")',
        'a b',
      ],
      { env: { SHIP: 'gull=white', PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      await once(child.stdout, 'data');
      const found = (await inside.processes()).find(({ pid }) => pid === child.pid);
      expect(found).toMatchObject({
        innerPid: child.pid,
        ppid: process.pid,
        name: 'node',
        uid: process.geteuid?.(),
        state: expect.stringMatching(/^[RS]$/),
      });
      expect(found?.command.at(-1)).toBe('a b');
      expect(found?.openFiles).toBeGreaterThan(2);
      expect(found?.rssBytes).toBeGreaterThan(1e7);
      expect(found?.capEff).toMatch(/^[0-9a-f]{16}$/);
      // SIGUSR2 is 12, the bit 11.
      expect(BigInt(`0x${found?.sigCgt}`) & (1n << 11n)).toBe(1n << 11n);
      expect(await inside.environment(child.pid!)).toEqual({ SHIP: 'gull=white', PATH: process.env['PATH'] });

      const heard = once(child.stdout, 'data');
      await inside.signal([child.pid!], 'SIGUSR2');
      expect(String((await heard)[0])).toBe('heard\n');
      await inside.signal([child.pid!], 'SIGSTOP');
      await expect.poll(async () => (await inside.processes()).find(({ pid }) => pid === child.pid)?.state).toBe('T');
      const ended = once(child, 'exit');
      await inside.signal([child.pid!], 'SIGKILL');
      expect((await ended)[1]).toBe('SIGKILL');
      // It has gone; so is nobody hit.
      await inside.signal([child.pid!], 'SIGKILL');
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('who was not told of is not signalled', async () => {
    const { inside: other } = await helper();
    await expect(other.signal([process.pid], 'SIGKILL')).rejects.toThrow(`${process.pid}`);
    await expect(other.signal([-1, 0], 'SIGKILL')).rejects.toThrow('no process that was told of');
    await other.end();
  });

  test('itself is not among them', async () => {
    const { inside: other, child } = await helper();
    expect((await other.processes()).map(({ pid }) => pid)).not.toContain(child.pid);
    await other.end();
  });

  test('listeners', async () => {
    for (const pid of [undefined, process.pid])
      expect(await inside.listeners(pid)).toContainEqual({ protocol: 'tcp', address: '127.0.0.1', port: server.port });
  });

  test('holders: who has the socket of a port that listens', async () => {
    expect(await inside.holders(process.pid, server.port)).toEqual([process.pid]);
    expect(await inside.holders(process.pid, 1)).toEqual([]);
  });

  test('awake: who was stopped and runs on', async () => {
    const sleeper = spawn('sleep', ['100'], { stdio: 'ignore' });
    const pid = sleeper.pid!;
    await inside.processes();
    await inside.signal([pid], 'SIGSTOP');
    expect(await inside.awake([pid], 50)).toEqual([]);
    const woken = inside.awake([pid], 5000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    sleeper.kill('SIGCONT');
    expect(await woken).toEqual([pid]);
    sleeper.kill('SIGKILL');
  });

  test('write: lines appear as if the process had logged them', async () => {
    // Node's own pipes are sockets, which nobody else can open; an engine's are pipes.
    const shell = spawn('sh', ['-c', 'sh -c "echo \\$\\$; exec sleep 100" | cat'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let heard = '';
    shell.stdout.on('data', (bytes) => {
      heard += bytes;
    });
    await expect.poll(() => heard).toMatch(/^\d+\n$/);
    const pid = Number(heard);
    await expect.poll(async () => (await inside.processes()).find((one) => one.pid === pid)?.name).toBe('sleep');
    heard = '';
    try {
      const { written } = await inside.write(pid, 1, { bytes: 500_000, line: 'a line\nof log' });
      expect(written).toBeGreaterThanOrEqual(500_000);
      expect(written).toBeLessThan(505_000);
      await expect.poll(() => heard.length).toBe(written);
      expect(new Set(heard.trimEnd().split('\n'))).toEqual(new Set(['a line of log']));
    } finally {
      process.kill(pid, 'SIGKILL');
    }
  });

  test('a container that does not run', async () => {
    await expect(inside.cgroup('0123456789ab')).rejects.toThrow('does not run');
    await expect(inside.cgroup('../..')).rejects.toThrow('no container id');
  });
});

describe('its life', () => {
  test('ends when its input ends', async () => {
    const { inside: other, child } = await helper();
    const ended = once(child, 'exit');
    await other.end();
    expect((await ended)[0]).toBe(0);
    await expect(other.resolve('localhost')).rejects.toBeInstanceOf(InsideGone);
    await other.end();
  });

  test('killed: all who wait hear of it', async () => {
    const { inside: other, child } = await helper();
    const load = await other.load(specOf(server.port, { kind: 'fresh' }, { seconds: 600 }));
    const waiting = [
      load.result,
      load.stop(),
      other.http('127.0.0.1', server.port, { method: 'GET', path: '/silence' }, 1e6),
    ];
    child.kill('SIGKILL');
    for (const one of waiting) await expect(one).rejects.toBeInstanceOf(InsideGone);
    await expect(other.processes()).rejects.toBeInstanceOf(InsideGone);
  });

  test('SIGTERM ends it at once', async () => {
    const { child } = await helper();
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });

  test('what is no question is passed over; an unknown one is a fault', async () => {
    const child = spawn(process.execPath, [insideFile], { stdio: ['pipe', 'pipe', 'inherit'] });
    let heard = '';
    child.stdout.on('data', (bytes) => {
      heard += bytes;
    });
    child.stdin.write(
      'hello\n{"id":"x"}\nnull\n{"id":1,"do":"sink","with":[]}\n{"id":2,"do":"constructor","with":[]}\n',
    );
    await expect.poll(() => heard.split('\n').length).toBe(4);
    child.stdin.end();
    const [ready, ...faults] = heard
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(ready).toEqual({ ready: { node: process.version } });
    expect(faults).toEqual(
      [1, 2].map((id) => ({ id, fault: { message: expect.stringContaining('nothing is called') } })),
    );
  });

  test('one that never says a word, or ends before', async () => {
    const silent = new PassThrough();
    await expect(connectInside(silent, { timeoutMs: 50 })).rejects.toThrow('has not said a word');
    const ended = new PassThrough();
    ended.end();
    await expect(connectInside(ended, { err: () => 'exec format error\n' })).rejects.toThrow('exec format error');
    const aborted = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(connectInside(new PassThrough(), { signal: aborted })).rejects.toThrow('Ctrl-C');
  });

  test('words that are cut anywhere are put together', async () => {
    const file = path.join(folder, 'words');
    const words = 'crème\nbrûlée '.repeat(20_000);
    fs.writeFileSync(file, words);
    const found = await Promise.all(Array.from({ length: 5 }, () => inside.read(file, 1e6)));
    expect(found.every((one) => one === words)).toBe(true);
  });
});
