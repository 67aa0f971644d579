import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Container } from '../../src/engine/container.ts';
import { Engine } from '../../src/engine/engine.ts';
import { makeHelperImage } from '../../src/engine/helper-image.ts';
import { sweep } from '../../src/engine/sweep.ts';
import type { Inside } from '../../src/inside/client.ts';
import { connectInside } from '../../src/inside/connect-inside.ts';
import { InsideGone } from '../../src/inside/inside-gone.ts';
import { askEngine } from '../house/engine/ask-engine.ts';

const found = await askEngine();
const mega = 2 ** 20;
const server = `require('node:http').createServer((_, response) => response.end('ok')).listen(8080);
process.stdout.write('up\\n');`;

/** What the helper does to another container, on a real engine: each test has a container of its own to harm. */
describe.runIf(found)('beside a container', () => {
  let engine: Engine;
  let image = '';
  let count = 0;

  beforeAll(async () => {
    engine = await Engine.connect({ environment: found?.env ?? {} });
    image = await makeHelperImage(engine);
    return async () => {
      await sweep(engine, 'mine');
    };
  }, 120_000);

  /** Until it is as it should be, for twenty seconds; unlike `expect.poll`, also where tests run at the same time. */
  const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 50 });
  const named = (name: string) => `seaworthy-${engine.run.id}-${name}-${++count}`;

  async function target(host: Record<string, unknown> = {}): Promise<Container> {
    const one = await engine.createContainer(named('target'), {
      Image: image,
      Entrypoint: ['/usr/bin/node', '-e', server],
      User: '1000',
      HostConfig: { Memory: 128 * mega, MemorySwap: 128 * mega, PidsLimit: 60, NanoCpus: 5e8, ...host },
    });
    await one.start();
    await until(async () => expect(await one.logs()).toContain('up'));
    return one;
  }

  async function helperOf(of: Container, pidMode = 'host'): Promise<{ inside: Inside; container: Container }> {
    const container = await engine.createContainer(named('helper'), {
      Image: image,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      HostConfig: {
        NetworkMode: `container:${of.id}`,
        PidMode: pidMode,
        CapAdd: ['NET_ADMIN', 'SYS_PTRACE'],
        Binds: ['/sys/fs/cgroup:/sys/fs/cgroup'],
        CgroupnsMode: 'host',
        SecurityOpt: ['apparmor=unconfined'],
      },
    });
    const { stream, err } = await container.attach();
    await container.start();
    return { container, inside: await connectInside(stream, { err }) };
  }

  /** `patienceMs` for an answer that is not to come. */
  const ping = async (inside: Inside, patienceMs = 15_000) => {
    const { status, error } = await inside.http('127.0.0.1', 8080, { method: 'GET', path: '/' }, patienceMs);
    return status ?? error;
  };

  test('sees its processes and files, with the rights they have', { timeout: 120_000, concurrent: true }, async () => {
    const one = await target();
    for (const mode of ['host', `container:${one.id}`]) {
      const { inside } = await helperOf(one, mode);
      const [first, ...others] = await inside.processes(one.id);
      expect(others).toEqual([]);
      expect(first).toMatchObject({ innerPid: 1, name: 'node', uid: 1000, noNewPrivs: false, seccomp: 2 });
      expect(first?.openFiles).toBeGreaterThan(10);
      expect(first?.capEff).toBe('0000000000000000');
      const pid = first!.pid;
      expect(await inside.environment(pid)).toHaveProperty('PATH');
      expect(await inside.listeners()).toEqual([{ protocol: 'tcp', address: '::', port: 8080 }]);
      expect(await inside.listeners(pid)).toEqual(await inside.listeners());
      const file = `/proc/${pid}/root/tmp/ballast`;
      expect(await inside.fill(file, mega)).toEqual({ written: mega, full: false });
      await inside.remove(file);
      const { written } = await inside.write(pid, 1, { bytes: 100, line: `logged by ${mode}` });
      expect(written).toBeGreaterThanOrEqual(100);
      await until(async () => expect(await one.logs()).toContain(`logged by ${mode}`));
      await inside.end();
    }
  });

  test('blocks what comes to a port, and what goes to a host', { timeout: 120_000, concurrent: true }, async () => {
    const one = await target();
    const { inside } = await helperOf(one);
    expect(await ping(inside)).toBe(200);
    await inside.block({ port: 8080, how: 'drop' });
    expect(await ping(inside, 500)).toBe('timeout');
    await inside.unblock();
    expect(await ping(inside)).toBe(200);
    await inside.block({ port: 8080, how: 'reject' });
    expect(await ping(inside)).toBe('refused');
    await inside.unblock();

    const other = await target();
    const host = Object.values((await other.inspect()).networks)[0]!.ip;
    const reached = (patienceMs = 15_000) => inside.reach(host, 8080, patienceMs);
    expect(await reached()).toBe('open');
    for (const [how, found] of [
      ['drop', 'timeout'],
      ['reject', 'refused'],
    ] as const)
      for (const port of [8080, undefined]) {
        await inside.block({ host, how, ...(port === undefined ? {} : { port }) });
        expect(await reached(how === 'drop' ? 500 : undefined)).toBe(found);
        expect(await ping(inside)).toBe(200);
        await inside.unblock();
        expect(await reached()).toBe('open');
      }
    // What one helper blocked, another can take back.
    await inside.block({ port: 8080, how: 'drop' });
    await inside.end();
    const { inside: next } = await helperOf(one);
    await next.unblock();
    expect(await ping(next)).toBe(200);
    await next.unblock();
  });

  test('memory: taken, given back, and killed for it', { timeout: 120_000, concurrent: true }, async () => {
    const one = await target();
    const { inside } = await helperOf(one);
    const before = await inside.cgroup(one.id);
    expect(before).toMatchObject({ memoryLimit: 128 * mega, oomKills: 0, pidsLimit: 60 });
    expect(await inside.eatMemory(one.id, 40 * mega, 200 * mega)).toEqual({ taken: 40 * mega, killed: false });
    const full = await inside.cgroup(one.id);
    expect(full.memoryBytes).toBeGreaterThan(before.memoryBytes + 39 * mega);
    await inside.release();
    expect((await inside.cgroup(one.id)).memoryBytes).toBeLessThan(full.memoryBytes - 30 * mega);
    const { taken, killed } = await inside.eatMemory(one.id, 500 * mega, 500 * mega);
    expect(killed).toBe(true);
    expect(taken).toBeGreaterThan(60 * mega);
    expect(taken).toBeLessThan(128 * mega);
    expect((await inside.cgroup(one.id)).oomKills).toBeGreaterThan(0);
  });

  test('processes: as many as may be, and none that stays', { timeout: 120_000, concurrent: true }, async () => {
    const one = await target();
    const { inside, container } = await helperOf(one);
    // Threads count; Node may end one or two of those that it began with.
    const before = (await inside.cgroup(one.id)).pids;
    expect(await inside.crowd(one.id, 20)).toEqual({ started: 20, refused: false });
    expect((await inside.cgroup(one.id)).pids).toBeGreaterThan(20);
    await inside.release();
    expect((await inside.cgroup(one.id)).pids).toBeLessThanOrEqual(before);
    const { started, refused } = await inside.crowd(one.id, 1000);
    expect(refused).toBe(true);
    expect(started).toBeGreaterThan(30);
    expect((await inside.cgroup(one.id)).pids).toBe(60);
    await inside.burn(one.id, 1);
    // The helper is killed: its children, which are in the other's cgroup, end all the same.
    await container.kill('SIGKILL');
    const { inside: next } = await helperOf(one);
    await until(async () => expect((await next.cgroup(one.id)).pids).toBeLessThanOrEqual(before));
  });

  test('processor: throttled at its limit', { timeout: 120_000, concurrent: true }, async () => {
    // A tenth of a core: on a machine with many things to do, a half may be more than it would get anyway.
    const one = await target({ NanoCpus: 1e8 });
    const { inside } = await helperOf(one);
    const before = await inside.cgroup(one.id);
    await inside.burn(one.id, 1.5);
    await until(async () => {
      const after = await inside.cgroup(one.id);
      expect(after.throttledPeriods).toBeGreaterThan(before.throttledPeriods);
      expect(after.throttledMs).toBeGreaterThan(before.throttledMs);
      expect(after.cpuUsageMs).toBeGreaterThan(before.cpuUsageMs + 50);
    });
    await inside.release();
  });

  test('freezes and kills process 1 from the host, and never says that it did from within', {
    timeout: 60_000,
  }, async () => {
    const one = await target();
    const { inside } = await helperOf(one);
    const { inside: within } = await helperOf(one, `container:${one.id}`);
    expect((await within.processes()).map(({ pid }) => pid)).toEqual([1]);
    for (const signal of ['SIGSTOP', 'SIGKILL'])
      await expect(within.signal([1], signal)).rejects.toThrow('process namespace');

    const [first] = await inside.processes(one.id);
    await inside.signal([first!.pid], 'SIGSTOP');
    expect(await ping(inside, 500)).toBe('timeout');
    await inside.signal([first!.pid], 'SIGCONT');
    expect(await ping(inside)).toBe(200);
    await inside.signal([first!.pid], 'SIGKILL');
    expect(await one.wait()).toBe(137);
    await expect(inside.cgroup(one.id)).rejects.toThrow('does not run');
    // Whoever lives in its process namespace goes with it.
    await until(() => expect(within.processes()).rejects.toBeInstanceOf(InsideGone));
  });
});
