import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { makeHelperImage } from '../../../src/engine/helper-image.ts';
import { sweep } from '../../../src/engine/sweep.ts';
import { watchEngine } from '../../../src/engine/watch-engine.ts';
import type { SeaworthyError } from '../../../src/vocabulary/error.ts';
import { buildProgram, type Program } from '../../cli/program.ts';
import { canInstall } from '../../house/engine/packages.ts';
import { PrivateEngine } from '../../house/engine/private-engine.ts';
import { mustRun, run } from '../../house/engine/run.ts';
import { Daemon } from './daemon.ts';
import { Drilling } from './drilling.ts';
import { beyond, engineObjects } from './engine-objects.ts';
import { processes } from './processes.ts';
import { writeProject } from './some-project.ts';

const wanted = process.env['SEAWORTHY_ENGINE'] !== 'none';
/** Far more than is needed: to be late is no fault here, to hang is. */
const seconds = 120;

if (wanted && !canInstall()) test.skip('an engine of its own, to be killed, needs root on Debian or Ubuntu');

describe.runIf(wanted && canInstall())('a run that is interrupted', { timeout: seconds * 1000 }, () => {
  let running: PrivateEngine;
  let program: Program;
  let base: string;
  let before: ReadonlySet<string>;
  let ours: Engine;

  beforeAll(async () => {
    running = await PrivateEngine.start((line) => process.stdout.write(`${line}\n`), { isBare: true });
    program = await buildProgram();
    ours = await Engine.connect({ environment: running.engine.env });
    base = await makeHelperImage(ours);
    before = await engineObjects(running.engine);
  }, seconds * 1000);
  afterAll(async () => {
    await sweep(ours, 'mine');
    program.remove();
    await running.stop();
  }, seconds * 1000);

  const docker = (...args: string[]) =>
    mustRun('/usr/bin/docker', args, { env: { ...process.env, ...running.engine.env } });
  const left = async () => beyond(await engineObjects(running.engine), before);
  const project = (buildMs = 0) => {
    const directory = program.directory();
    writeProject(directory, base, buildMs);
    return directory;
  };
  const drill = (directory: string, only: string, ...args: string[]) =>
    new Drilling(program.file, directory, running.engine, ['--only', only, ...args]);
  const web = async () => (await docker('ps', '--quiet', '--filter', 'name=-web', '--filter', 'status=running')).trim();
  const isUp = async () => (await web()) !== '';
  const isAsked = async () => {
    const container = await web();
    if (container === '') return false;
    const { out } = await run('/usr/bin/docker', ['logs', container.split('\n')[0]!], {
      env: { ...process.env, ...running.engine.env },
    });
    return out.split('asked').length > 50;
  };

  test.each([
    ['SIGINT', 'a build begins', 60_000, (drilling: Drilling) => drilling.said.includes('building web')],
    [
      'SIGTERM',
      'a build goes on',
      61_000,
      () => processes().some(({ command }) => command.includes('setTimeout(() => {}, 61000)')),
    ],
    ['SIGINT', 'services run', 0, isUp],
    ['SIGTERM', 'they are under load', 0, isAsked],
    ['SIGHUP', 'they are under load', 0, isAsked],
  ] as const)('by %s while %s leaves nothing', async (signal, _, buildMs, moment) => {
    const drilling = drill(project(buildMs), 'graceful-stop');
    await drilling.until(() => moment(drilling));
    drilling.send(signal);
    expect(await drilling.ended).toMatchObject({ code: 130 });
    expect(drilling.said).toMatch(/stopping: removing what was made; Ctrl-C again leaves at once/);
    expect(drilling.said).toMatch(/seaworthy: the drills were called off \[interrupted\]$/);
    expect(await left()).toEqual([]);
  });

  test('twice leaves at once, and the next sweep has it', async () => {
    const drilling = drill(project(), 'graceful-stop');
    await drilling.until(isUp);
    drilling.send('SIGINT');
    await drilling.until(() => drilling.said.includes('stopping'));
    drilling.send('SIGINT');
    expect(await drilling.ended).toMatchObject({ code: 130 });
    expect(drilling.said).toMatch(/left at once: the next seaworthy drill removes what is still there$/);
    const swept = program.run(['drill', '--sweep'], { env: running.engine.env });
    expect(swept).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^(?:Removed \d+ things? of ours|Nothing of ours was left)\.\n$/),
    });
    expect(await left()).toEqual([]);
  });

  test('by the end of its terminal leaves nothing', async () => {
    const words = [process.execPath, program.file, 'drill', '--only', 'graceful-stop'].join(' ');
    const env = { ...process.env, ...running.engine.env, TERM: 'xterm', CI: '' };
    const terminal = spawn('script', ['--quiet', '--command', `exec ${words}`, '/dev/null'], { cwd: project(), env });
    terminal.stdout.resume();
    await expect.poll(isUp, { timeout: 60_000 }).toBe(true);
    terminal.kill('SIGKILL');
    await expect.poll(left, { timeout: 60_000 }).toEqual([]);
  });

  test('by SIGKILL: its helpers end, and the next run removes all', async () => {
    const drilling = drill(project(), 'graceful-stop');
    await drilling.until(isAsked);
    drilling.send('SIGKILL');
    await drilling.ended;
    expect((await left()).length).toBeGreaterThan(3);
    const helpers = () => docker('ps', '--quiet', '--filter', 'name=-helper-', '--filter', 'status=running');
    await expect.poll(helpers, { timeout: 30_000 }).toBe('');

    const next = drill(project(), 'runs-as-non-root');
    expect(await next.ended).toMatchObject({ code: 0 });
    expect(next.said).toMatch(/^removed \d+ things that an earlier run had left$/m);
    expect(await left()).toEqual([]);
  });

  test('by a daemon that says nothing any more', async () => {
    const daemon = new Daemon(running.engine);
    const engine = await Engine.connect({ environment: running.engine.env });
    let said: SeaworthyError | undefined;
    const patience = { everyMs: 50, silentMs: 1000 };
    const watch = watchEngine(
      engine,
      (error) => {
        said = error;
      },
      patience,
    );
    daemon.signal('SIGSTOP');
    try {
      await expect
        .poll(() => said, { timeout: 20_000 })
        .toMatchObject({
          code: 'engine-unreachable',
          message: expect.stringMatching(/^the engine at unix:\S+ does not answer any more$/),
        });
      const late = drill(project(), 'graceful-stop');
      expect(await late.ended).toMatchObject({ code: 3 });
      expect(late.said).toMatch(/no engine answers at unix:\S+ \(DOCKER_HOST\) within 10 s/);
    } finally {
      watch.end();
      daemon.signal('SIGCONT');
    }
    await expect.poll(() => engine.answers(1000), { timeout: 20_000 }).toBe(true);
  });

  test('by the death of the daemon ends with a clear word, and the next run removes all', async () => {
    const daemon = new Daemon(running.engine);
    const drilling = drill(project(), 'graceful-stop');
    await drilling.until(isAsked);
    const killed = performance.now();
    daemon.signal('SIGKILL');
    expect(await drilling.ended).toMatchObject({ code: 3 });
    expect(performance.now() - killed).toBeLessThan(20_000);
    expect(drilling.said).toMatch(
      /seaworthy: the engine at unix:\S+ went away while it was used \[engine-unreachable\]\n {2}When it is back, the next seaworthy drill removes what this one made$/,
    );
    await daemon.restart();
    expect((await left()).length).toBeGreaterThan(3);
    expect(await drill(project(), 'runs-as-non-root').ended).toMatchObject({ code: 0 });
    expect(await left()).toEqual([]);
  });

  test('does not disturb one beside it', async () => {
    const [first, second] = [drill(project(), 'graceful-stop'), drill(project(), 'runs-as-non-root,graceful-stop')];
    await first.until(isAsked);
    first.send('SIGINT');
    expect(await first.ended).toMatchObject({ code: 130 });
    expect(await second.ended).toMatchObject({ code: 0 });
    expect(second.said).toMatch(/^held graceful-stop web/m);
    expect(second.said).not.toMatch(/inconclusive|could not/);
    expect(await left()).toEqual([]);
  });

  test('of those that were kept, all is there until it is swept', async () => {
    const kept = drill(project(), 'runs-as-non-root', '--keep', 'web');
    expect(await kept.ended).toMatchObject({ code: 0 });
    const [, label = ''] = /docker ps --all --filter label=(seaworthy\.run=[0-9a-f]{8})\n/.exec(kept.said) ?? [];
    expect(kept.said).toMatch(/ {2}seaworthy drill --sweep removes all that was kept$/);
    const names = () => docker('ps', '--all', '--filter', `label=${label}`, '--format', '{{.Names}} {{.State}}');
    const there = await names();
    expect(there.trim().split('\n').sort()).toEqual([
      expect.stringMatching(/-db running$/),
      expect.stringMatching(/-web running$/),
    ]);
    expect(await drill(project(), 'runs-as-non-root').ended).toMatchObject({ code: 0 });
    expect(await names()).toBe(there);

    const swept = program.run(['drill', '--sweep'], { env: running.engine.env });
    expect(swept.stdout).toMatch(/^Removed \d+ things of ours\.\n$/);
    expect(await left()).toEqual([]);
  });

  test('and one that is not leave alone what is not theirs, whatever it is called', async () => {
    const kept = drill(project(), 'runs-as-non-root', '--keep', 'web');
    await kept.ended;
    const [, image = ''] =
      /^(seaworthy-drill-[0-9a-f]{8}-web)/m.exec(await docker('images', '--format', '{{.Repository}}')) ?? [];
    const sleep = ['--entrypoint', 'node', base, '-e', 'setInterval(() => {}, 1000)'];
    await docker('network', 'create', 'seaworthy-0123abcd-1_inner');
    await docker('volume', 'create', 'seaworthy-0123abcd-1_data', '--label', 'seaworthy.runs=0123abcd');
    await docker('tag', base, 'seaworthy-drill-0123abcd-web');
    await docker(
      'run',
      '--detach',
      '--name',
      'seaworthy-0123abcd-1-web',
      '--network',
      'seaworthy-0123abcd-1_inner',
      ...sleep,
    );
    // It inherits the labels of an image that is ours.
    await docker(
      'run',
      '--detach',
      '--name',
      'looked-at',
      '--entrypoint',
      'node',
      image,
      '-e',
      'setInterval(() => {}, 1000)',
    );
    const theirs = ['seaworthy-0123abcd-1-web running', 'looked-at running'];

    expect(await drill(project(), 'runs-as-non-root').ended).toMatchObject({ code: 0 });
    // The image is in use: that is said, and all else removed.
    const swept = program.run(['drill', '--sweep'], { env: running.engine.env });
    expect(swept).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^seaworthy: could not remove image .*\n$/),
    });
    const containers = await docker('ps', '--all', '--format', '{{.Names}} {{.State}}');
    expect(containers.trim().split('\n').sort()).toEqual([...theirs].sort());
    for (const [kind, name] of [
      ['network', 'seaworthy-0123abcd-1_inner'],
      ['volume', 'seaworthy-0123abcd-1_data'],
      ['image', 'seaworthy-drill-0123abcd-web'],
    ] as const)
      await docker(kind, 'inspect', name);

    await docker('rm', '--force', 'looked-at', 'seaworthy-0123abcd-1-web');
    await docker('network', 'rm', 'seaworthy-0123abcd-1_inner');
    await docker('volume', 'rm', 'seaworthy-0123abcd-1_data');
    await docker('rmi', 'seaworthy-drill-0123abcd-web');
    expect(program.run(['drill', '--sweep'], { env: running.engine.env }).status).toBe(0);
    expect(await left()).toEqual([]);
  });
});

describe('where there is no engine', () => {
  test('that is said, with what to do, and the exit code is 3', async () => {
    const program = await buildProgram();
    try {
      const directory = program.directory();
      writeProject(directory, 'base');
      const env = { DOCKER_HOST: `unix://${directory}/nobody.sock` };
      const { status, stdout, stderr } = program.run(['drill'], { cwd: directory, env });
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
      expect(stderr).toBe(
        `seaworthy: no engine answers at unix://${directory}/nobody.sock (DOCKER_HOST): connect ENOENT ${directory}/nobody.sock [engine-unreachable]\n  Start the Docker daemon, or say where one is: DOCKER_HOST, --host or --context\n`,
      );
    } finally {
      program.remove();
    }
  });
});
