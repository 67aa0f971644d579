import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Container } from '../../src/engine/container.ts';
import { Engine } from '../../src/engine/engine.ts';
import { label, newRun } from '../../src/engine/labels.ts';
import { sweep } from '../../src/engine/sweep.ts';
import { readProject } from '../../src/model/read-project.ts';
import { diskFiles } from '../../src/read/files-disk.ts';
import { bringUp } from '../../src/stack/bring-up.ts';
import type { BringUpOptions } from '../../src/stack/bring-up-options.ts';
import { contextFilesOf } from '../../src/stack/build-context-files.ts';
import type { StackPlan } from '../../src/stack/plan.ts';
import { planStack } from '../../src/stack/plan-stack.ts';
import { SeaworthyError } from '../../src/vocabulary/error.ts';
import { askEngine } from '../house/engine/ask-engine.ts';
import type { Engine as House } from '../house/engine/engine.ts';
import { mustRun, run } from '../house/engine/run.ts';
import { standInFor } from '../house/engine/stand-ins.ts';
import { theirs } from './both-sides.ts';
import { planned } from './planned.ts';

/** Plans that really run. Names hold the run, so that nothing is met that somebody else made. */
describe.skipIf(process.env['SEAWORTHY_ENGINE'] === 'none')('a stack on an engine', () => {
  let house: House;
  let engine: Engine;

  beforeAll(async () => {
    const found = await askEngine();
    if (!found) return;
    house = found;
    await standInFor(house, 'alpine:3');
    engine = await Engine.connect({ environment: house.env, run: newRun({ purpose: 'test' }) });
  }, 900_000);

  afterAll(async () => {
    if (engine) await sweep(engine, 'mine');
  });

  const nameFor = (name: string) => `sws${engine.run.id}-${name}`;
  const projectOf = (name: string) =>
    readProject(diskFiles(path.join(import.meta.dirname, 'running', name)), {
      today: '2026-11-21',
      compose: { env: theirs },
    });
  const planOf = (yaml: string, name: string) => planned(yaml, { projectName: nameFor(name) });
  const mine = async (name: string) => {
    const all = (await engine.ours()).filter(({ labels }) => labels[label.run] === engine.run.id);
    const named = await Promise.all(
      all.map(async (one) => {
        if (one.kind === 'image') return '';
        if (one.kind !== 'container')
          return one.kind === 'network' ? String((await engine.inspectNetwork(one.name))?.['Name']) : one.name;
        return (await engine.findContainer(one.name))?.name ?? '';
      }),
    );
    return named.filter((one) => one.startsWith(nameFor(name)));
  };
  async function up(plan: StackPlan, options: BringUpOptions = {}) {
    const stack = await bringUp(engine, plan, options);
    onTestFinished(() => stack.down());
    return stack;
  }
  const said = async (container: Container | undefined, ...command: string[]) => {
    const ran = await container!.exec(command);
    return ran.code === 0 ? ran.out.trim() : `${ran.code} ${ran.err.trim()}`;
  };

  test('each service starts when those it depends on are as far as it says', { timeout: 120_000 }, async ({ skip }) => {
    skip(engine.info.isPodman, 'Podman does not lend secrets to a build');
    const project = projectOf('shop');
    const steps: string[] = [];
    const stack = await up(planStack(project, { projectName: nameFor('shop') }), {
      contextFiles: contextFilesOf(project),
      probeOurselves: true,
      onStep: (step) => steps.push(step),
    });
    const order = [
      'starting migrate',
      'waiting until migrate has ended',
      'starting api',
      'waiting until api is healthy',
      'starting web',
    ];
    expect(steps.filter((step) => order.includes(step))).toEqual(order);
    const [api, beside, migrate] = ['api', 'beside', 'migrate'].map((name) => stack.containersOf(name)[0]);
    expect((await migrate?.inspect())?.state).toMatchObject({ status: 'exited', exitCode: 0 });
    // Built of what the ignore file lets through, with its argument.
    expect(await said(api, 'cat', '/greeting')).toBe('ahoy');
    expect(await said(api, 'sh', '-c', 'find /context -type f | sort')).toBe(
      // The Dockerfile is named by the ignore file, and sent in any case.
      '/context/api/Dockerfile\n/context/compose.yaml\n/context/seen.txt',
    );
    // Secrets were lent to one step: a file and a variable.
    expect(await said(api, 'cat', '/lent')).toBe('never sent\nbrought along');
    // What another service left in the volume; the hook after the start.
    expect(await said(api, 'cat', '/tmp/ready', '/tmp/hooked')).toBe('migrated\nhooked');
    // Network, processes and volumes of the other one.
    expect(await said(beside, 'hostname')).toBe(await said(api, 'hostname'));
    expect(await said(beside, 'ls', '/proc/1/root/greeting')).toContain('/proc/1/root/greeting');
    expect(await said(beside, 'cat', '/data/migrated')).toBe('migrated');
    expect(await said(beside, 'touch', '/data/x')).toContain('Read-only file system');
    await stack.stop();
    expect((await api?.inspect())?.state.status).toBe('exited');
    const again = await engine.createContainer(`${nameFor('shop')}-look`, {
      Image: 'alpine:3',
      Cmd: ['cat', '/data/stopping'],
      HostConfig: { Binds: [`${nameFor('shop')}_data:/data`], NetworkMode: 'none' },
    });
    onTestFinished(() => again.remove());
    await again.start();
    await again.wait();
    expect((await again.logs()).trim()).toBe('stopping');
    await again.remove();
    await stack.down();
    expect(await mine('shop')).toEqual([]);
  });

  test('secrets and configs are in the container as Docker Compose puts them', { timeout: 60_000 }, async ({
    skip,
  }) => {
    const env = { ...process.env, ...house.env, ...theirs };
    const cwd = path.join(import.meta.dirname, 'running/files');
    if ((await run(house.docker, ['compose', 'version'], { env })).code !== 0) return skip('no Docker Compose');
    const look = 'for f in /run/secrets/* /etc/app/* /given; do stat -c "%n %a %u %g" $f; cat $f; echo; done 2>&1';
    const project = nameFor('files-c');
    const compose = (...args: string[]) =>
      mustRun(house.docker, ['compose', '--project-name', project, ...args], { cwd, env });
    onTestFinished(async () => void (await compose('down', '--timeout', '0')));
    await compose('up', '--detach');
    const expected = (await compose('exec', '-T', '--user', 'root', 'web', 'sh', '-c', look)).trim();
    const stack = await up(planStack(projectOf('files'), { projectName: nameFor('files-s') }));
    const [container] = stack.containersOf('web');
    const found = (await container!.exec(['sh', '-c', look], { user: 'root' })).out.trim();
    expect(found.split('\n').length).toBeGreaterThan(12);
    // Compose has the engine give what has an owner to the user of the container (65534 is nobody), whoever is named.
    expect(expected).toContain('/etc/app/owned 400 65534 65534');
    expect(found).toBe(expected.replace('owned 400 65534 65534', 'owned 400 1000 1001'));
  });

  test('they are in a container with a read-only root, too, and cannot be changed there', {
    timeout: 60_000,
  }, async ({ skip }) => {
    skip(engine.info.isPodman, 'Podman mounts its hosts file into /etc, which is a read-only volume here');
    const plan = planned(
      `services:
  web:
    image: alpine:3
    command: [sleep, "60"]
    network_mode: none
    read_only: true
    secrets: [{source: token, uid: "1000", gid: "1001", mode: 0400}]
    configs: [{source: settings, target: /etc/app/settings}, {source: settings, target: /etc/issue.net}]
secrets: {token: {environment: TOKEN}}
configs: {settings: {content: a=1}}
`,
      { projectName: nameFor('read-only'), env: { TOKEN: 'kept' } },
    );
    const stack = await up(plan);
    const [web] = stack.containersOf('web');
    expect(await said(web, 'stat', '-c', '%a %u %g', '/run/secrets/token')).toBe('400 1000 1001');
    expect(await said(web, 'cat', '/run/secrets/token')).toBe('kept');
    expect(await said(web, 'cat', '/etc/app/settings', '/etc/issue.net')).toBe('a=1a=1');
    // What the image has in the folder of a config is still there.
    expect(await said(web, 'grep', '-c', 'root', '/etc/passwd')).toBe('1');
    expect(await said(web, 'rm', '/run/secrets/token')).toContain('Read-only file system');
    await stack.down();
    expect(await mine('read-only')).toEqual([]);
  });

  const waiting = (migrate: string, extra = '') => `services:
  migrate: {image: "alpine:3", network_mode: none, command: [sh, -c, "${migrate}"]${extra}}
  web:
    image: alpine:3
    network_mode: none
    command: [sleep, "60"]
    depends_on: {migrate: {condition: CONDITION, required: REQUIRED}}
`;
  const written = (text: string, condition: string, required = 'true') =>
    text.replace('CONDITION', condition).replace('REQUIRED', required);
  const completed = 'service_completed_successfully';
  const failure = async (promise: Promise<unknown>) => {
    const error: unknown = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof SeaworthyError)) throw error ?? new Error('it did not fail');
    return error;
  };

  test('a dependency that fails is told with its last words, and nothing is left behind', {
    timeout: 60_000,
  }, async () => {
    const broken = waiting('echo no such table; exit 3');
    const error = await failure(bringUp(engine, planOf(written(broken, completed), 'broken')));
    expect(error.code).toBe('dependency-failed');
    expect(error.message).toBe('"migrate" ended with code 3:\nno such table');
    expect(await mine('broken')).toEqual([]);
    const steps: string[] = [];
    await up(planOf(written(broken, completed, 'false'), 'broken'), { onStep: (step) => steps.push(step) });
    expect(steps.at(-1)).toBe('starting web');
    expect(steps.at(-2)).toContain('going on without migrate');
  });

  test.for<[what: string, command: string, health: string, says: string]>([
    ['without a health check', 'sleep 60', '', 'has no health check'],
    [
      'that is unhealthy',
      'sleep 60',
      ', healthcheck: {test: [CMD, "false"], interval: 100ms, retries: 2}',
      'is unhealthy',
    ],
    ['that ends before', 'exit 4', ', healthcheck: {test: [CMD, "true"], interval: 1h}', 'ended with code 4 before'],
  ])('a dependency that is to be healthy, %s', { timeout: 60_000 }, async ([, command, health, says], { skip }) => {
    skip(engine.info.isPodman && says === 'is unhealthy', 'Podman leaves health checks to systemd');
    const name = `unwell${says.length}`;
    const plan = planOf(written(waiting(command, health), 'service_healthy'), name);
    expect((await failure(bringUp(engine, plan))).message).toContain(says);
    expect(await mine(name)).toEqual([]);
  });

  test('a dependency that ends again and again is given up, with its last words', { timeout: 90_000 }, async () => {
    const ending = waiting('echo no such table; exit 4', ', restart: always, healthcheck: {test: [CMD, "true"]}');
    const plan = planOf(written(ending, 'service_healthy'), 'ending');
    const { message } = await failure(bringUp(engine, plan, { probeOurselves: true }));
    expect(message).toMatch(/^"migrate" keeps ending: it was started \d+ times:\nno such table/);
    expect(await mine('ending')).toEqual([]);
  });

  test("a job that failed because our probes came sooner than the engine's is started once more", {
    timeout: 60_000,
  }, async ({ skip }) => {
    skip(engine.info.isPodman, 'Podman leaves health checks to systemd');
    // Well for two seconds while it sets itself up; of use from the third on. The engine looks after five.
    const setUp = 'touch /up; sleep 2; rm /up; sleep 1; touch /up /data/real; sleep 60';
    const text = `services:
  db:
    image: alpine:3
    command: [sh, -c, "${setUp}"]
    healthcheck: {test: [CMD, test, -f, /up], interval: 5s, retries: 5}
    volumes: ["data:/data"]
  migrate:
    image: alpine:3
    command: [test, -f, /data/real]
    volumes: ["data:/data"]
    depends_on: {db: {condition: service_healthy}}
  web:
    image: alpine:3
    command: [sleep, "60"]
    depends_on: {migrate: {condition: service_completed_successfully}}
volumes: {data: {}}
`;
    const steps: string[] = [];
    await up(planOf(text, 'too-soon'), { probeOurselves: true, onStep: (step) => steps.push(step) });
    expect(steps.filter((step) => step.startsWith('starting'))).toEqual([
      'starting db',
      'starting migrate',
      'starting migrate once more when the engine says that what it needs is healthy',
      'starting web',
    ]);
  });

  test('called off while it waits, it leaves nothing behind', { timeout: 60_000 }, async () => {
    const calling = new AbortController();
    const plan = planOf(written(waiting('sleep 60'), completed), 'called-off');
    const error = await failure(
      bringUp(engine, plan, {
        signal: calling.signal,
        onStep: (step) => step.startsWith('waiting') && calling.abort(),
      }),
    );
    expect(error.code).toBe('interrupted');
    expect(await mine('called-off')).toEqual([]);
  });

  test('what is held is made and not started, nor what depends on it', { timeout: 60_000 }, async () => {
    const plan = planOf(written(waiting('sleep 60'), 'service_started'), 'held');
    const stack = await up(plan, { held: ['migrate'] });
    const states = () =>
      Promise.all([...stack.services.values()].flat().map(async (one) => (await one.inspect()).state.status));
    expect(await states()).toEqual(['created', 'created']);
    await stack.start('migrate');
    expect(await states()).toEqual(['running', 'created']);
  });

  test('what a held one depends on is as far as it is to be', { timeout: 60_000 }, async () => {
    const plan = planOf(written(waiting('exit 3'), completed), 'held-after');
    expect((await failure(bringUp(engine, plan, { held: ['web'] }))).message).toContain('ended with code 3');
    expect(await mine('held-after')).toEqual([]);
  });

  test.each([
    [
      'services: {web: {image: x, networks: [n]}}\nnetworks: {n: {external: true, name: sws-nobody}}',
      'network "sws-nobody" is not there',
    ],
    [
      'services: {web: {image: x, network_mode: none, volumes: ["data:/data"]}}\nvolumes: {data: {external: true, name: sws-nobody}}',
      'volume "sws-nobody" is not there',
    ],
    ['services: {web: {image: "sws-nobody:1", pull_policy: never}}', 'The image sws-nobody:1 of "web" is not there'],
    [
      'services: {web: {image: "alpine:3", networks: {n: {gw_priority: 1}}}}\nnetworks: {n: {}}',
      'networks.gw_priority of "web" needs API 1.48',
    ],
  ])('%s', { timeout: 60_000 }, async (yaml, says) => {
    const text = yaml.replaceAll('image: x', 'image: "alpine:3"');
    const error = await failure(bringUp(engine, planOf(text, 'missing')));
    expect(error.message).toContain(says);
    expect(error.message).not.toContain('undefined');
    expect(await mine('missing')).toEqual([]);
  });

  test('what the engine is too old for is left out where somebody hears of it', { timeout: 60_000 }, async () => {
    const heard: string[] = [];
    const yaml = 'services: {web: {image: "alpine:3", networks: {n: {gw_priority: 1}}}}\nnetworks: {n: {}}';
    const held = ['web'];
    await up(planOf(yaml, 'old'), { held, onTooOld: (what) => heard.push(what) });
    expect(heard).toHaveLength(1);
  });
});
