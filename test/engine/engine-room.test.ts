import { beforeAll, describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { makeHelperImage } from '../../src/engine/helper-image.ts';
import { newRun } from '../../src/engine/labels.ts';
import { sweep } from '../../src/engine/sweep.ts';
import { askEngine } from '../house/engine/ask-engine.ts';

const found = await askEngine();

describe.runIf(found)('the engine room', () => {
  let engine: Engine;
  let image = '';
  const idle = {
    Entrypoint: [
      '/usr/bin/node',
      '-e',
      'setInterval(() => {}, 1000); process.on("SIGTERM", () => process.exit(7)); console.log("it listens")',
    ],
  };

  beforeAll(async () => {
    engine = await Engine.connect({ environment: found?.env ?? {} });
    image = await makeHelperImage(engine);
    return async () => {
      await sweep(engine, 'mine');
    };
  });

  const container = (name: string, body: Record<string, unknown> = {}) =>
    engine.createContainer(`seaworthy-${engine.run.id}-${name}`, { Image: image, ...idle, ...body });

  test('speaks a version that both know', () => {
    expect(engine.info).toMatchObject({ os: 'linux' });
    expect(Number(engine.info.apiVersion.split('.')[1])).toBeGreaterThanOrEqual(41);
  });

  test('runs commands in a container, and tells how they ended', async () => {
    const one = await container('exec');
    await one.start();
    const node = (script: string, timeoutMs = 10_000) => one.exec(['/usr/bin/node', '-e', script], { timeoutMs });
    expect(await node('console.log("out"); console.error("err"); process.exit(3)')).toMatchObject({
      code: 3,
      out: 'out\n',
      err: 'err\n',
    });
    expect((await one.exec(['no-such-program'])).code).toBeOneOf([126, 127]);
    expect((await node('setTimeout(() => {}, 60000)', 300)).code).toBeUndefined();
    expect((await node('process.stdout.write("x".repeat(8 << 20))')).out.length).toBeLessThan(6 << 20);
    await one.remove();
  });

  test('stops, waits and tells the exit code, as events do', async ({ skip }) => {
    const events = await engine.events();
    const one = await container('stop');
    await one.start();
    await expect.poll(() => one.logs(), { timeout: 10_000 }).toContain('it listens');
    await one.stop(5);
    expect(await one.wait()).toBe(7);
    expect((await one.inspect()).state).toMatchObject({ status: 'exited', exitCode: 7, oomKilled: false });
    await expect.poll(() => events.of(one.id).map(({ action }) => action)).toContain('die');
    expect(events.of(one.id).find(({ action }) => action === 'die')?.exitCode).toBe(7);
    // Stopping what is stopped, and removing what is gone, is nothing to complain about.
    await one.stop(1);
    await one.remove();
    await one.remove();
    const signal = events.of(one.id).find(({ action }) => action === 'kill')?.signal;
    events.end();
    skip(engine.info.isPodman, 'Podman does not tell which signals it sends');
    expect(signal).toBe(15);
  });

  test('speaks with process 1', async () => {
    const echo = { Entrypoint: ['/usr/bin/node', '-e', 'process.stdin.pipe(process.stdout)'] };
    const one = await container('attach', { ...echo, OpenStdin: true, StdinOnce: true });
    const { stream } = await one.attach();
    await one.start();
    let said = '';
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      said += text;
    });
    stream.write('ahoy');
    await expect.poll(() => said, { timeout: 5000 }).toBe('ahoy');
    stream.end();
    expect(await one.wait()).toBe(0);
    await one.remove();
  });

  test('puts files into a container, and sees what differs from its image', async () => {
    const one = await container('files');
    await one.putFiles('/tmp', [{ name: 'note', content: 'hello', mode: 0o640, uid: 7, gid: 8 }]);
    await one.start();
    const seen = await one.exec([
      '/usr/bin/node',
      '-p',
      'const s = fs.statSync("/tmp/note"); [s.mode & 0o777, s.uid, s.gid, fs.readFileSync("/tmp/note", "utf8")].join()',
    ]);
    expect(seen.out).toBe('416,7,8,hello\n');
    expect(await one.changes()).toContainEqual({ path: '/tmp/note', kind: 'A' });
    await one.remove();
  });

  test('what the engine refuses is a typed error in its own words', async () => {
    await expect(engine.createContainer('x-none', { Image: 'seaworthy-no-such-image:none' })).rejects.toMatchObject({
      code: 'engine-refused',
      message: expect.stringContaining('seaworthy-no-such-image'),
    });
    expect(await engine.findContainer('seaworthy-nobody')).toBeUndefined();
    expect(await engine.images.inspect('seaworthy-no-such-image:none')).toBeUndefined();
  });

  test('a build that fails shows the end of what it said', async () => {
    const build = engine.images.build({
      tag: `seaworthy-${engine.run.id}-bad`,
      entries: [],
      dockerfile: 'Dockerfile',
      dockerfileText: `FROM ${image}\nRUN ["/usr/bin/node", "-e", "console.log('the reason'); process.exit(9)"]\n`,
    });
    await expect(build).rejects.toMatchObject({
      code: 'engine-refused',
      message: expect.stringMatching(/the reason|exit code: 9/),
    });
  });

  test('the sweep takes what a run made, and nothing else', async () => {
    const other = await Engine.connect({ environment: found?.env ?? {}, run: newRun() });
    const network = `seaworthy-${other.run.id}-net`;
    await other.createNetwork(network, {});
    await other.createVolume(`seaworthy-${other.run.id}-vol`, {});
    const one = await other.createContainer(`seaworthy-${other.run.id}-c`, {
      Image: image,
      ...idle,
      HostConfig: { NetworkMode: network },
    });
    await one.start();
    const mine = await container('mine');
    // Its process (this one) lives: a sweep of the dead leaves both alone.
    await sweep(engine, 'dead');
    expect(await engine.findContainer(one.id)).toBeDefined();
    expect(await sweep(other, 'mine')).toBe(3);
    expect(await engine.findContainer(one.id)).toBeUndefined();
    expect(await engine.inspectNetwork(network)).toBeUndefined();
    expect(await engine.findContainer(mine.id)).toBeDefined();
    await mine.remove();
  });
});

test('where nothing answers, the error says where it looked and what to do', async () => {
  await expect(Engine.connect({ host: 'unix:///nowhere/docker.sock' })).rejects.toMatchObject({
    code: 'engine-unreachable',
    message: expect.stringContaining('unix:///nowhere/docker.sock'),
    hint: expect.stringContaining('DOCKER_HOST'),
  });
  await expect(Engine.connect({ host: 'gopher://x' })).rejects.toMatchObject({ code: 'engine-unreachable' });
});
