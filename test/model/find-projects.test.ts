import { describe, expect, test } from 'vitest';
import { findProjects, mostLone } from '../../src/model/find-projects.ts';
import { readProject } from '../../src/model/read-project.ts';
import { searchTree } from '../../src/model/search-tree.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';

const from = 'FROM alpine:3.22\n';
const runs = (name: string) => `services:\n  ${name}:\n    image: example.com/${name}:1\n`;
const builds = (name: string, build: string) => `services:\n  ${name}:\n    build: ${build}\n`;
const options = { today: '2026-11-21', compose: { env: {} } };

/** Each project (or part of one) as `directory: services`. */
function projects(files: Readonly<Record<string, string>>, marks = ['seaworthy.yaml']): string[] {
  const tree = memoryFiles(files);
  return findProjects(tree, options, marks).map((one) => {
    const { directory, services } = readProject(one.files, one.options, one.loaded);
    return `${directory}: ${services.map(({ name }) => name).join(' ')}`;
  });
}

describe('projects below a directory', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['a Compose file at the root alone', { 'compose.yaml': runs('a') }, ['.: a']],
    ['lone Dockerfiles alone', { 'a/Dockerfile': from, 'b/Dockerfile': from }, ['.: a b']],
    ['nothing at all is one empty project', { 'README.md': '' }, ['.: ']],
    [
      'each folder with a Compose file by any of the four names',
      {
        'a/compose.yaml': runs('a'),
        'b/compose.yml': runs('b'),
        'c/docker-compose.yml': runs('c'),
        'd/docker-compose.yaml': runs('d'),
      },
      ['a: a', 'b: b', 'c: c', 'd: d'],
    ],
    [
      'the root besides those below',
      { 'compose.yaml': runs('top'), 'apps/shop/compose.yaml': runs('shop') },
      ['.: top', 'apps/shop: shop'],
    ],
    [
      'an override belongs to its file, and variants are alternatives that nobody chose',
      {
        'a/compose.yaml': runs('a'),
        'a/compose.override.yaml': runs('extra'),
        'a/compose.prod.yaml': runs('prod'),
        'b/docker-compose.dev.yml': runs('dev'),
      },
      ['a: a extra'],
    ],
    [
      'a Dockerfile that a project builds is not judged a second time, wherever it lies',
      { 'apps/shop/compose.yaml': builds('shop', '../../images/shop'), 'images/shop/Dockerfile': from },
      ['apps/shop: shop'],
    ],
    [
      'a lone Dockerfile belongs to the nearest project upward',
      { 'shop/compose.yaml': runs('shop'), 'shop/worker/Dockerfile': from, 'tools/Dockerfile': from },
      ['.: tools', 'shop: shop shop/worker'],
    ],
    [
      'a folder with a configuration is a project too',
      { 'a/seaworthy.yaml': '', 'a/x/Dockerfile': from, 'b/Dockerfile': from },
      ['.: b', 'a: a/x'],
    ],
    [
      'a configuration without anything to judge is none',
      { 'a/seaworthy.yaml': '', 'b/compose.yaml': runs('b') },
      ['b: b'],
    ],
    [
      'what another project includes is judged there',
      { 'compose.yaml': 'include: [db/compose.yaml]\n', 'db/compose.yaml': runs('db') },
      ['.: db'],
    ],
    [
      'also where the one included comes first',
      { 'a/compose.yaml': runs('a'), 'b/compose.yaml': 'include: [../a/compose.yaml]\n' },
      ['b: a'],
    ],
    [
      'what another project extends is judged there',
      {
        'base/compose.yaml': runs('base'),
        'web/compose.yaml': 'services:\n  web:\n    extends: { file: ../base/compose.yaml, service: base }\n',
      },
      ['web: web'],
    ],
    [
      'but one that has more to it than others take is a project of its own',
      {
        'base/compose.yaml': `${runs('base')}  other:\n    image: example.com/other:1\n`,
        'web/compose.yaml': 'services:\n  web:\n    extends: { file: ../base/compose.yaml, service: base }\n',
      },
      ['base: base other', 'web: web'],
    ],
    [
      'of two that include each other the first stays',
      {
        'a/compose.yaml': `include: [../b/compose.yaml]\n${runs('a')}`,
        'b/compose.yaml': `include: [../a/compose.yaml]\n${runs('b')}`,
      },
      ['a: a b'],
    ],
    [
      'a chain of includes is one project',
      {
        'a/compose.yaml': runs('a'),
        'b/compose.yaml': `include: [../a/compose.yaml]\n${runs('b')}`,
        'c/compose.yaml': `include: [../b/compose.yaml]\n${runs('c')}`,
      },
      ['c: c b a'],
    ],
    [
      'what .env of the root names is judged there',
      { '.env': 'COMPOSE_FILE=deploy/compose.yaml\n', 'deploy/compose.yaml': runs('a'), 'b/compose.yaml': runs('b') },
      ['.: a', 'b: b'],
    ],
    [
      'packages, hidden folders and what git ignores are passed over',
      {
        '.gitignore': 'dist/\n',
        'a/compose.yaml': runs('a'),
        'node_modules/x/compose.yaml': runs('x'),
        'vendor/y/compose.yaml': runs('y'),
        '.github/compose.yaml': runs('z'),
        'dist/compose.yaml': runs('dist'),
        'b/dist/compose.yaml': runs('dist'),
      },
      ['a: a'],
    ],
  ])('%s', (_what, files, expected) => {
    expect(projects(files)).toEqual(expected);
  });

  test('a damaged Compose file is a project like others', () => {
    expect(projects({ 'a/compose.yaml': 'services: [', 'b/compose.yaml': 'services:\n  b:\n' })).toEqual([
      'a: ',
      'b: ',
    ]);
  });

  test('Compose files by name, and Dockerfiles by name, are one project', () => {
    const tree = memoryFiles({ 'a/compose.yaml': runs('a'), 'b/compose.yaml': runs('b'), Dockerfile: from });
    const named = { ...options, compose: { files: ['a/compose.yaml'] } };
    expect(findProjects(tree, named, [])).toEqual([{ files: tree, options: named }]);
    const dockerfiles = { ...options, dockerfiles: ['Dockerfile'] };
    expect(findProjects(tree, dockerfiles, [])).toEqual([{ files: tree, options: dockerfiles }]);
  });

  test('many Dockerfiles are judged in parts, each once', () => {
    const count = 2 * mostLone + 1;
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, number) => [`${1000 + number}/Dockerfile`, from]),
    );
    const sizes = projects(files).map((line) => line.split(' ').length - 1);
    expect(sizes).toEqual([mostLone, mostLone, 1]);
    expect(new Set(projects(files).flatMap((line) => line.split(' ').slice(1))).size).toBe(count);
    const withCompose = projects({ ...files, 'compose.yaml': builds('first', './1000') });
    expect(withCompose.map((line) => line.split(' ').length - 1)).toEqual([mostLone + 1, mostLone]);
    expect(withCompose[0]).toMatch(/^\.: first 1001 /);
  });

  test('a Dockerfile for development is told, and not judged, beside what will be deployed', () => {
    const tree = memoryFiles({ 'a/compose.yaml': runs('a'), 'a/Dockerfile.dev': from, 'b/Dockerfile.dev': from });
    const read = findProjects(tree, options, []).map((one) => readProject(one.files, one.options, one.loaded));
    expect(
      read.map(({ services, unread }) => [services.map(({ name }) => name), unread.map(({ path }) => path)]),
    ).toEqual([
      [['b/dev'], []],
      [['a'], ['a/Dockerfile.dev']],
    ]);
  });
});

describe('what git ignores', () => {
  const found = (ignore: string, ...paths: string[]) =>
    searchTree(memoryFiles({ '.gitignore': ignore, ...Object.fromEntries(paths.map((path) => [path, ''])) }), '.')
      .dockerfiles;

  test.each<[string, string, string[], string[]]>([
    ['a folder at any depth', 'out\n', ['out/Dockerfile', 'a/out/b/Dockerfile', 'a/Dockerfile'], ['a/Dockerfile']],
    ['a folder at the top', '/out\n', ['out/Dockerfile', 'a/out/Dockerfile'], ['a/out/Dockerfile']],
    ['a file', 'Dockerfile.mine\n', ['Dockerfile', 'Dockerfile.mine'], ['Dockerfile']],
    ['what is taken back', 'out/*\n!out/keep\n', ['out/x/Dockerfile', 'out/keep/Dockerfile'], ['out/keep/Dockerfile']],
    [
      'a list of what is allowed',
      '*\n!*/\n!Dockerfile\n',
      ['Dockerfile', 'a/Dockerfile'],
      ['Dockerfile', 'a/Dockerfile'],
    ],
  ])('%s', (_what, ignore, paths, expected) => {
    expect(found(ignore, ...paths)).toEqual(expected);
  });

  test('a .gitignore counts from its own folder', () => {
    const files = { 'a/.gitignore': '/out', 'a/out/Dockerfile': '', 'b/out/Dockerfile': '' };
    expect(searchTree(memoryFiles(files), '.').dockerfiles).toEqual(['b/out/Dockerfile']);
  });

  test('a huge .gitignore does not make the search slow', () => {
    const ignore = Array.from({ length: 9000 }, (_, number) => `a*${number}b`).join('\n');
    const files = Object.fromEntries(Array.from({ length: 5000 }, (_, number) => [`${number}/x/Dockerfile`, '']));
    const from = performance.now();
    const { dockerfiles } = searchTree(memoryFiles({ ...files, '.gitignore': ignore }), '.');
    expect(dockerfiles).toHaveLength(5000);
    expect(performance.now() - from).toBeLessThan(10_000);
  });
});
