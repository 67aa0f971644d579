import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { label } from '../../src/engine/labels.ts';
import { sweep } from '../../src/engine/sweep.ts';
import { drill } from '../../src/index.ts';
import { askEngine } from '../house/engine/ask-engine.ts';
import { standInFor } from '../house/engine/stand-ins.ts';

const found = await askEngine();

describe.runIf(found)('attached to what runs', { timeout: 120_000 }, () => {
  let engine: Engine;
  let folder = '';
  const name = `seaworthy-test-ours-${process.pid}-web-1`;
  const theirs = `somebodys-own-${process.pid}-web-1`;
  const image = 'busybox:1.37';
  const host = found?.env['DOCKER_HOST'];
  const at = { engine: host === undefined ? {} : { host }, env: {} };

  beforeAll(async () => {
    engine = await Engine.connect(at.engine);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-attach-'));
    await standInFor(found!, image);
    fs.writeFileSync(path.join(folder, 'compose.yaml'), `services:\n  web:\n    image: ${image}\n`);
    const body = { Image: image, Cmd: ['sleep', '1000'], User: '4711' };
    await (await engine.createContainer(name, body)).start();
    const security = ['--security-opt', 'no-new-privileges'];
    execFileSync(
      found!.docker,
      ['run', '-d', '--name', theirs, '--user', '4711', ...security, image, 'sleep', '1000'],
      {
        env: { ...process.env, ...found!.env },
      },
    );
  }, 300_000);
  afterAll(async () => {
    await (await engine.findContainer(theirs))?.remove();
    await sweep(engine, 'mine');
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test('a container of ours is refused: it is one of a drill', async () => {
    await expect(drill({ directory: folder }, { ...at, attach: [name] })).rejects.toMatchObject({ code: 'usage' });
  });

  test('it is looked at and left as it is, and only drills that look are run', async () => {
    const before = await (await engine.findContainer(theirs))?.inspect();
    const told: string[] = [];
    const report = await drill(
      { directory: folder },
      { ...at, attach: [theirs], onEvent: (event) => event.type === 'setting-up' && told.push(event.what) },
    );
    expect(told[0]).toContain('nothing of it is changed');
    expect(report.drills.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'runs-as-non-root held',
      'no-new-privileges held',
    ]);
    expect(
      report.skipped.filter(({ because }) => because === 'it would disturb a running service').length,
    ).toBeGreaterThan(5);
    const after = await (await engine.findContainer(theirs))?.inspect();
    expect(after?.state).toEqual(before?.state);
    expect(after?.raw).toEqual(before?.raw);
    expect(await besides(before?.id ?? '')).toEqual([]);
  });

  test('a container that is not there is told', async () => {
    await expect(drill({ directory: folder }, { ...at, attach: ['seaworthy-nobody'] })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('seaworthy-nobody'),
    });
  });

  /** Helpers in its namespaces that are still there; other tests have theirs on the same engine. */
  async function besides(id: string): Promise<string[]> {
    const ours = await engine.listContainers([label.run], true);
    const seen = await Promise.all(ours.map(({ container }) => container.inspect().catch(() => undefined)));
    return seen.flatMap((one) => (JSON.stringify(one?.raw['HostConfig'] ?? '').includes(id) ? [one?.name ?? ''] : []));
  }
});
