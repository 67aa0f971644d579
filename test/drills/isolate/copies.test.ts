import { expect, test } from 'vitest';
import { fromSource, mountsOf } from '../../../src/drills/isolate/mounted.ts';
import { type Asked, isolated, notes, service } from './isolated.ts';

const app = (volumes: readonly string[], rest = '') =>
  `services:\n  app:\n    image: app\n    volumes: [${volumes.map((one) => `"${one}"`).join(', ')}]\n${rest}`;
const mountsIn = (compose: string, asked: Asked, name = 'app') =>
  service(isolated(compose, asked).plan, name).body.HostConfig.Mounts;
const tree = (path: string, name = '.') => ({ kind: 'tree', path, name, isReadable: true });

test('folders and files of the project are copied, and what was read-only stays so', () => {
  const machine = { '/srv/shop/data': { tree: { bytes: 3 * 2 ** 20 } }, '/srv/shop/nginx.conf': 'file' } as const;
  const made = isolated(app(['./data:/data', './nginx.conf:/etc/nginx.conf:ro']), { machine });
  expect(made.copies).toEqual([
    { volume: 'binds-1', scope: 'world', items: [tree('/srv/shop/data')] },
    { volume: 'binds-2', scope: 'run', items: [tree('/srv/shop/nginx.conf', 'nginx.conf')] },
  ]);
  expect(service(made.plan).body.HostConfig.Binds).toBeUndefined();
  expect(service(made.plan).body.HostConfig.Mounts).toEqual([
    { Type: 'volume', Source: 'seaworthy-1234abcd-binds-1', Target: '/data', VolumeOptions: { NoCopy: true } },
    {
      Type: 'volume',
      Source: 'seaworthy-1234abcd-binds-2',
      Target: '/etc/nginx.conf',
      ReadOnly: true,
      VolumeOptions: { NoCopy: true, Subpath: 'nginx.conf' },
    },
  ]);
  expect(notes(made, 'bind')).toEqual([
    '/srv/shop/data:/data → a copy (3 MiB)',
    '/srv/shop/nginx.conf:/etc/nginx.conf → a copy (1000 bytes)',
  ]);
});

test('what lies in one another is one copy, shared as it is in reality', () => {
  const machine = {
    '/srv/shop/data': 'directory',
    '/srv/shop/data-2': 'directory',
    '/srv/shop/data/up': 'directory',
    '/srv/shop/data/a.txt': 'file',
  } as const;
  const compose = app(
    ['./data/up:/up:ro', './data-2:/two'],
    '  other:\n    image: o\n    volumes: ["./data:/d", "./data/a.txt:/a", "./data/new:/new"]\n',
  );
  const made = isolated(compose, { machine });
  expect(made.copies).toEqual([
    { volume: 'binds-1', scope: 'world', items: [tree('/srv/shop/data'), { kind: 'folder', name: 'new' }] },
    { volume: 'binds-2', scope: 'world', items: [tree('/srv/shop/data-2')] },
  ]);
  const subpaths = (name: string) =>
    mountsIn(compose, { machine }, name)?.map(({ VolumeOptions }) => Reflect.get(Object(VolumeOptions), 'Subpath'));
  expect(subpaths('app')).toEqual(['up', undefined]);
  expect(subpaths('other')).toEqual([undefined, 'a.txt', 'new']);
});

test('links are followed: one that leaves the project is outside, read-only', () => {
  const machine = {
    '/srv/shop/current': '-> /srv/shop/releases/4',
    '/srv/shop/releases/4': 'directory',
    '/srv/shop/media': '-> /mnt/media',
    '/mnt/media': 'directory',
  } as const;
  const made = isolated(app(['./current:/app', './media:/media']), { machine });
  expect(made.copies).toEqual([{ volume: 'binds-1', scope: 'world', items: [tree('/srv/shop/releases/4')] }]);
  expect(service(made.plan).body.HostConfig.Mounts?.[1]).toEqual({
    Type: 'bind',
    Source: '/mnt/media',
    Target: '/media',
    ReadOnly: true,
    BindOptions: { NonRecursive: true },
  });
  expect(notes(made, 'bind')[1]).toBe('/srv/shop/media:/media → the same, read-only');
});

test('what is missing is empty: nothing is made on the host', () => {
  const made = isolated(
    app(['./new:/new', './app.yaml:/etc/app.yaml', '/srv/other/gone:/gone:ro', './conf.d:/conf.d']),
  );
  expect(made.copies.map(({ items, scope }) => [scope, ...items])).toEqual([
    ['run', { kind: 'folder', name: '.' }],
    ['world', { kind: 'text', name: 'app.yaml', text: '' }],
    ['world', { kind: 'folder', name: '.' }],
    ['world', { kind: 'folder', name: '.' }],
  ]);
  const bySource = Object.fromEntries(notes(made, 'bind').map((note) => note.split(' → ') as [string, string]));
  expect(bySource).toEqual({
    '/srv/shop/new:/new': 'an empty folder: it is not there',
    '/srv/shop/app.yaml:/etc/app.yaml': 'an empty file: it is not there',
    '/srv/other/gone:/gone': 'an empty folder: it is not there',
    '/srv/shop/conf.d:/conf.d': 'an empty folder: it is not there',
  });
});

test('secrets and configs of files are copied wherever they lie; a missing one is random', () => {
  const compose =
    'services:\n  app: {image: a, secrets: [in, out, gone], configs: [{source: c, target: /etc/c.conf}]}\n  b: {image: b, secrets: [gone]}\n' +
    'secrets: {in: {file: ./in.txt}, out: {file: /etc/shop/out.txt}, gone: {file: /etc/shop/gone.txt}}\nconfigs: {c: {file: ./c.conf}}\n';
  const machine = { '/srv/shop/in.txt': 'file', '/srv/shop/c.conf': 'file', '/etc/shop/out.txt': 'file' } as const;
  const made = isolated(compose, { machine });
  expect(made.copies.map(({ scope }) => scope)).toEqual(['run', 'run', 'run', 'run']);
  const gone = made.copies.flatMap(({ items }) => items).filter(({ kind }) => kind === 'text');
  expect(gone).toMatchObject([{ name: 'gone.txt', text: expect.stringMatching(/^[\w-]{32}$/) }]);
  const other = isolated(compose, { machine }).copies.flatMap(({ items }) => items);
  expect(other).not.toContainEqual(gone[0]);
  for (const mount of service(made.plan).body.HostConfig.Mounts ?? [])
    expect(mount).toMatchObject({ Type: 'volume', ReadOnly: true });
  expect(notes(made, 'secret')).toContain('/etc/shop/gone.txt:/run/secrets/gone → random text: it is not there');
  expect(notes(made, 'secret')).toContain('/etc/shop/out.txt:/run/secrets/out → a copy (1000 bytes)');
  expect(notes(made, 'config')).toEqual(['/srv/shop/c.conf:/etc/c.conf → a copy (1000 bytes)']);
});

test('what this user may not read is copied by the engine, where that sees the same files', () => {
  const machine = { '/srv/shop/pg': { tree: { closed: '/srv/shop/pg/base' } } } as const;
  const compose = app(['./pg:/var/lib/postgresql/data']);
  expect(isolated(compose, { machine }).copies[0]?.items).toEqual([{ ...tree('/srv/shop/pg'), isReadable: false }]);
  expect(isolated(compose, { machine, isLocal: false }).refused.get('app')).toContain('may not read /srv/shop/pg/base');
});

test('keys of the project are not taken', () => {
  const machine = { '/srv/shop/data': 'directory' } as const;
  const made = isolated(app(['binds-1:/v', './data:/data'], 'volumes: {binds-1: {}}\n'), { machine });
  expect(made.plan.volumes.map(({ key }) => key)).toEqual(['binds-1', 'binds-2']);
});

test('nothing is copied for those that are refused', () => {
  const machine = { '/srv/shop/data': 'directory' } as const;
  const made = isolated(app(['./data:/data', '/run/docker.sock:/s']), { machine });
  expect(made.copies).toEqual([]);
  expect(made.plan.volumes).toEqual([]);
  expect(made.standIns).toEqual([]);
});

test.each([
  ['data:/d:rw', { kind: 'volume', source: 'data', target: '/d', readOnly: false }],
  ['/srv/a:/b:ro,z', { kind: 'bind', source: '/srv/a', target: '/b', readOnly: true }],
  ['C:\\\\a:/b:rw', { kind: 'bind', source: 'C:\\\\a', target: '/b', readOnly: false }],
])('a bind of the short form: %s', (written, expected) => {
  const { body } = service(isolated(app([])).plan);
  const [mounted] = mountsOf({ ...body, HostConfig: { Binds: [written] } });
  expect(mounted).toMatchObject(expected);
  expect(mounted && fromSource(mounted, 'x')).toBe(written.replace(expected.source, 'x'));
});
