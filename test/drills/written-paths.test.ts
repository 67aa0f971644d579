import { expect, test } from 'vitest';
import { tmpfsOptions } from '../../src/drills/rights/root-cure.ts';
import { type Change, foldersFor, writtenPaths } from '../../src/drills/rights/written-paths.ts';

/** `A /app/x`, as `docker diff` prints it. */
const changes = (...lines: string[]): Change[] =>
  lines.map((line) => ({ kind: line.slice(0, 1) as Change['kind'], path: line.slice(2) }));
const shown = (found: readonly Change[]) => found.map(({ kind, path }) => `${kind} ${path}`);

test.each<[string, string[], string[], string[]]>([
  [
    'a file, and not the folders above it',
    ['C /app', 'C /app/logs', 'A /app/logs/visits.log'],
    [],
    ['A /app/logs/visits.log'],
  ],
  ['a folder that holds nothing', ['C /var', 'A /var/cache/x'], [], ['A /var/cache/x']],
  ['what lies in a mount', ['C /', 'A /data', 'A /data/x'], ['/data'], []],
  [
    'the point of a mount, and the folders made for it',
    ['A /srv', 'A /srv/app', 'A /srv/app/data'],
    ['/srv/app/data/'],
    [],
  ],
  [
    'a folder that holds a mount and a file',
    ['A /srv', 'A /srv/data', 'A /srv/x'],
    ['/srv/data'],
    ['A /srv', 'A /srv/x'],
  ],
  [
    'what the engine puts there',
    ['C /etc', 'C /etc/hosts', 'A /dev/console', 'A /run/secrets', 'A /run/secrets/key', 'A /.dockerenv'],
    [],
    [],
  ],
  ['a folder that Podman names without what it put there', ['C /etc', 'A /srv/x'], [], ['A /srv/x']],
  ['a neighbour whose name begins alike', ['A /database/x'], ['/data'], ['A /database/x']],
  ['what is deleted', ['C /app', 'D /app/cache.db'], [], ['D /app/cache.db']],
])('written: %s', (_, lines, mounts, expected) => {
  expect(shown(writtenPaths(changes(...lines), mounts))).toEqual(expected);
});

test.each<[string, string[], string[], string[]]>([
  ['the folder of a file', ['A /run/nginx.pid'], ['/run'], []],
  [
    'a new folder itself, not the one above',
    ['A /app/__pycache__', 'A /app/__pycache__/x.pyc'],
    ['/app/__pycache__'],
    [],
  ],
  ['none within another', ['A /run/app/x', 'A /run/y'], ['/run'], []],
  ['the root cannot become a mount', ['A /state.json', 'A /tmp/x'], ['/tmp'], ['/state.json']],
])('folders: %s', (_, lines, folders, left) => {
  expect(foldersFor(changes(...lines))).toEqual({ folders, left });
});

test.each<[readonly string[], string]>([
  [['0:0'], ''],
  [['1000:1000'], 'uid=1000,gid=1000'],
  [['0:0', '101:101'], 'mode=1777'],
  [[], 'mode=1777'],
])('a tmpfs for %j has the options "%s"', (owners, options) => {
  expect(tmpfsOptions(owners, { isPodman: false })).toBe(options);
  // An owner is refused there; root needs none.
  expect(tmpfsOptions(owners, { isPodman: true })).toBe(options.startsWith('uid=') ? 'mode=1777' : options);
});
