import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Furniture } from '../../../src/drills/isolate/furniture.ts';
import { inWorld } from '../../../src/drills/isolate/in-world.ts';
import { isolate } from '../../../src/drills/isolate/isolate.ts';
import { seedPairs, seedVolumes } from '../../../src/drills/isolate/seed-volumes.ts';
import { standInTexts } from '../../../src/drills/isolate/stand-in-texts.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { makeHelperImage } from '../../../src/engine/helper-image.ts';
import { thisHost } from '../../../src/engine/host-path.ts';
import { sweep } from '../../../src/engine/sweep.ts';
import { readProject } from '../../../src/model/read-project.ts';
import { diskFiles } from '../../../src/read/files-disk.ts';
import { bringUp } from '../../../src/stack/bring-up.ts';
import { planStack } from '../../../src/stack/plan-stack.ts';
import { askEngine } from '../../house/engine/ask-engine.ts';
import { mustRun, run } from '../../house/engine/run.ts';
import { snapshot } from './snapshot.ts';

const found = await askEngine();

/** Writes to, changes and removes whatever it finds in these places, and tells what it read and what it could do. */
const vandal = `
const fs = require('fs'), path = require('path');
const tried = (what) => { try { what(); return 'yes'; } catch (error) { return error.code; } };
const told = {};
for (const place of process.argv.slice(1)) {
  const seen = {};
  const look = (at) => {
    const stat = fs.lstatSync(at);
    seen[path.relative(place, at) || '.'] = [stat.mode.toString(8), stat.uid, stat.gid,
      stat.isSymbolicLink() ? fs.readlinkSync(at) : stat.isFile() ? fs.readFileSync(at, 'latin1').slice(0, 80) : '',
      Math.floor(stat.mtimeMs / 1000)].join(' ');
    if (stat.isDirectory()) fs.readdirSync(at).forEach((name) => look(path.join(at, name)));
  };
  look(place);
  const isFolder = fs.statSync(place).isDirectory();
  const can = {};
  if (isFolder) {
    can.make = tried(() => fs.writeFileSync(place + '/made', 'by a drill'));
    for (const name of fs.readdirSync(place)) {
      const at = path.join(place, name);
      if (name !== 'made' && fs.lstatSync(at).isFile()) {
        can.change = tried(() => fs.appendFileSync(at, 'spoilt'));
        can.remove = tried(() => fs.rmSync(at));
      }
    }
    can.mode = tried(() => fs.chmodSync(place, 0o777));
  } else can.change = tried(() => fs.appendFileSync(place, 'spoilt'));
  told[place] = { seen, can };
}
console.log(JSON.stringify(told));
`;

type Told = Readonly<Record<string, { seen: Record<string, string>; can: Record<string, string> }>>;

describe.runIf(found)('what is real stays as it is', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-isolate-'));
  const home = path.join(folder, 'shop');
  const outside = path.join(folder, 'outside');
  const docker = (...args: string[]) => mustRun(found!.docker, args, { env: { ...process.env, ...found!.env } });
  let engine: Engine;
  let image = Promise.resolve('');
  const real = { named: '', external: '', network: '' };

  beforeAll(async () => {
    engine = await Engine.connect({ environment: found?.env ?? {} });
    image = makeHelperImage(engine);
    const { id } = engine.run;
    Object.assign(real, { named: `isolate${id}_data`, external: `real-volume-${id}`, network: `real-network-${id}` });
    const say = (file: string, text: string, mode = 0o644) => {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
      fs.chmodSync(file, mode);
    };
    say(path.join(home, 'data/orders.csv'), 'real orders');
    say(path.join(home, 'data/deep/er/run.sh'), '#!/bin/sh\n', 0o4755);
    fs.symlinkSync('../orders.csv', path.join(home, 'data/deep/link'));
    fs.symlinkSync('/nowhere', path.join(home, 'data/dangling'));
    fs.chmodSync(path.join(home, 'data/deep'), 0o2750);
    fs.utimesSync(path.join(home, 'data/orders.csv'), 1_000_000_000, 1_000_000_000);
    if (process.getuid?.() === 0) fs.chownSync(path.join(home, 'data'), 999, 998);
    fs.chmodSync(path.join(home, 'data'), 0o700);
    say(path.join(home, 'etc/app.conf'), 'port = 80\n');
    say(path.join(home, 'token.txt'), 'real token', 0o600);
    say(path.join(outside, 'shared/book.txt'), 'real book');
    say(path.join(outside, 'password.txt'), 'real password', 0o400);
    say(
      path.join(home, 'compose.yaml'),
      `name: isolate${id}
services:
  app:
    image: ${await image}
    container_name: real-app-${id}
    entrypoint: [node, -e]
    command:
      - ${JSON.stringify(vandal.replaceAll('$', '$$'))}
      - /data
      - /etc/app.conf
      - /run/secrets/token
      - /run/secrets/password
      - /run/secrets/gone
      - /run/secrets/swarm
      - /shared
      - /named
      - /external
      - /new
    volumes: [./data:/data, "./etc/app.conf:/etc/app.conf:ro", "${outside}/shared:/shared", data:/named, theirs:/external, ./new:/new]
    secrets: [token, password, gone, swarm]
    networks: [theirs]
    ports: ["127.0.0.1:18080:80"]
    restart: "no"
volumes:
  data: {}
  theirs: {external: true, name: ${real.external}}
networks:
  theirs: {external: true, name: ${real.network}}
secrets:
  token: {file: ./token.txt}
  password: {file: ${outside}/password.txt}
  gone: {file: ${outside}/gone.txt}
  swarm: {external: true}
`,
    );
    await docker('network', 'create', real.network);
    for (const name of [real.named, real.external]) {
      await docker('volume', 'create', name);
      const write = `const fs = require('fs'); fs.mkdirSync('/v/a'); fs.writeFileSync('/v/a/rows', 'real rows'); fs.linkSync('/v/a/rows', '/v/twin'); fs.lchownSync('/v/a/rows', 70, 70); fs.chmodSync('/v/a/rows', 0o640); fs.symlinkSync('a/rows', '/v/link'); fs.utimesSync('/v/a/rows', 1e9, 1e9); fs.utimesSync('/v/a', 1e9, 1e9)`;
      await docker(
        'run',
        '--rm',
        '--network=none',
        `--volume=${name}:/v`,
        '--entrypoint=node',
        await image,
        '-e',
        write,
      );
    }
    return async () => {
      await sweep(engine, 'mine');
      for (const name of [real.named, real.external])
        await run(found!.docker, ['volume', 'rm', '-f', name], { env: { ...process.env, ...found!.env } });
      await run(found!.docker, ['network', 'rm', real.network], { env: { ...process.env, ...found!.env } });
      fs.rmSync(folder, { recursive: true, force: true });
    };
  }, 120_000);

  const prepare = () => {
    const project = readProject(diskFiles(home), { today: '2026-11-21' });
    const texts = standInTexts();
    const plan = planStack(project, { standIn: texts.standIn });
    const options = { runId: engine.run.id, isLocal: engine.isLocal, host: thisHost };
    return { plan, texts, isolated: isolate(plan, project, options) };
  };

  /** Runs the vandal in a world of its own; what it told. */
  const ransack = async (
    world: string,
    options: { readonly seed?: boolean; readonly isReadable?: boolean } = {},
  ): Promise<Told> => {
    const { plan, isolated } = prepare();
    expect([...isolated.refused]).toEqual([]);
    const { isReadable = true } = options;
    const copies = isolated.copies.map((copy) => ({
      ...copy,
      items: copy.items.map((item) => (item.kind === 'tree' ? { ...item, isReadable } : item)),
    }));
    const furniture = new Furniture(engine, image, copies);
    const copy = inWorld(isolated.plan, `seaworthy-${engine.run.id}-${world}`, new Set(['app']));
    if (options.seed) expect(await seedVolumes(engine, await image, seedPairs(plan, copy))).toEqual([]);
    const stack = await bringUp(engine, await furniture.furnish(copy));
    try {
      const [container] = stack.containersOf('app');
      expect(await container!.wait()).toBe(0);
      return JSON.parse(await container!.logs());
    } finally {
      await stack.down();
    }
  };

  const helper = () => `seaworthy-helper:${engine.run.id}`;
  const looking = vandal.replace('const isFolder', 'told[place] = seen; continue; const isFolder');
  const look = async () => ({
    home: snapshot(home),
    outside: snapshot(outside),
    volumes: JSON.parse(await docker('volume', 'inspect', real.named, real.external)),
    network: JSON.parse(await docker('network', 'inspect', real.network)),
    inVolumes: await Promise.all(
      [real.named, real.external].map((name) =>
        docker(
          'run',
          '--rm',
          '--network=none',
          `--volume=${name}:/v:ro`,
          '--entrypoint=node',
          helper(),
          '-e',
          looking,
          '/v',
        ),
      ),
    ),
  });

  test('whatever a service does to all that it finds', async () => {
    const before = await look();
    const first = await ransack('1');
    const second = await ransack('2');
    expect(await look()).toEqual(before);

    // It really did, and found what is real: in each world anew.
    expect(second['/data']).toEqual(first['/data']);
    const { '/data': data, '/shared': shared, ...others } = first;
    expect(data?.can).toEqual({ make: 'yes', change: 'yes', remove: 'yes', mode: 'yes' });
    const isRoot = process.getuid?.() === 0;
    const owner = isRoot ? '999 998' : `${process.getuid?.()} ${process.getgid?.()}`;
    expect(data?.seen['.']).toMatch(new RegExp(`^40700 ${owner} `));
    expect(data?.seen['orders.csv']).toMatch(/^100644 .* real orders 1000000000$/);
    expect(data?.seen['deep']).toMatch(/^42750 /);
    expect(data?.seen['deep/er/run.sh']).toMatch(/^104755 /);
    expect(data?.seen['deep/link']).toContain(' ../orders.csv ');
    expect(data?.seen['dangling']).toContain(' /nowhere ');
    expect(shared?.seen['book.txt']).toContain('real book');
    expect(shared?.can).toEqual({ make: 'EROFS', change: 'EROFS', remove: 'EROFS', mode: 'EROFS' });
    expect(others['/etc/app.conf']).toMatchObject({
      can: { change: 'EROFS' },
      seen: { '.': expect.stringContaining('port = 80') },
    });
    expect(others['/run/secrets/token']?.seen['.']).toMatch(/^100600 .* real token /);
    expect(others['/run/secrets/password']?.seen['.']).toMatch(/^100400 .* real password /);
    expect(others['/run/secrets/password']?.can).toEqual({ change: 'EROFS' });
    for (const name of ['gone', 'swarm']) expect(others[`/run/secrets/${name}`]?.seen['.']).toMatch(/ [\w-]{32} /);
    for (const place of ['/named', '/external', '/new']) {
      expect(Object.keys(others[place]?.seen ?? {})).toEqual(['.']);
      expect(others[place]?.can['make']).toBe('yes');
    }
  }, 60_000);

  test('also when the throwaway volumes are filled with what the real ones hold', async () => {
    const before = await look();
    const { '/named': named, '/external': external } = await ransack('3', { seed: true });
    expect(await look()).toEqual(before);
    for (const { seen, can } of [named!, external!]) {
      expect(seen['a/rows']).toBe('100640 70 70 real rows 1000000000');
      expect(seen['a']).toMatch(/ 1000000000$/);
      expect(seen['twin']).toBe(seen['a/rows']);
      expect(seen['link']).toContain(' a/rows ');
      expect(can).toEqual({ make: 'yes', change: 'yes', remove: 'yes', mode: 'yes' });
    }
  }, 60_000);

  test('also when the engine copies, because this user may not read it', async () => {
    const before = await look();
    const told = await ransack('4', { isReadable: false });
    expect(await look()).toEqual(before);
    expect(told['/data']).toEqual((await ransack('5'))['/data']);
    expect(told['/etc/app.conf']?.seen['.']).toMatch(/^100644 .* port = 80\n /);
    expect(told['/run/secrets/token']?.seen['.']).toMatch(/^100600 .* real token /);
  }, 60_000);

  test('a real volume that is not there is not made', async () => {
    const to = { key: 'x', name: `seaworthy-${engine.run.id}-x`, external: false, body: {} };
    const from = `never-made-${engine.run.id}`;
    expect(await seedVolumes(engine, await image, [{ from, to }])).toEqual([from]);
    expect(await engine.inspectVolume(from)).toBeUndefined();
  });

  test('a folder outside with a socket in it is not mounted', async () => {
    const server = net.createServer().listen(path.join(outside, 'shared/real.sock'));
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      const { isolated } = prepare();
      expect(isolated.refused.get('app')).toContain('real.sock in it');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('nothing is left behind', async () => {
    await sweep(engine, 'mine');
    expect((await engine.ours()).filter(({ labels }) => labels['seaworthy.run'] === engine.run.id)).toEqual([]);
  });
});
