import { describe, expect, test } from 'vitest';
import { contextFiles, ignoreFileFor } from '../../../src/read/dockerignore/context.ts';
import { createIgnore } from '../../../src/read/dockerignore/match.ts';
import { parseDockerignore } from '../../../src/read/dockerignore/parse.ts';
import type { Entry, Files } from '../../../src/read/files.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';

const ignoreOf = (text: string) => createIgnore(parseDockerignore('.dockerignore', text).patterns);
const project = memoryFiles({
  Dockerfile: '',
  'app/a.js': '',
  'app/.env': '',
  'app/node_modules/x/index.js': '',
  'app/node_modules/x/README.md': '',
  'app/src/b.js': '',
});

/** Notes which directories were listed. */
function watched(files: Files): { files: Files; listed: string[] } {
  const listed: string[] = [];
  const list = (path: string): readonly Entry[] => {
    listed.push(path);
    return files.list(path);
  };
  return { files: { ...files, list }, listed };
}

describe('walking a context', () => {
  for (const [text, paths, listed] of [
    [
      '',
      [
        '.env',
        'a.js',
        'node_modules',
        'node_modules/x',
        'node_modules/x/README.md',
        'node_modules/x/index.js',
        'src',
        'src/b.js',
      ],
      4,
    ],
    ['node_modules\n.env', ['a.js', 'src', 'src/b.js'], 2],
    ['*\n!src', ['src', 'src/b.js'], 2],
    ['node_modules\n!**/README.md', ['.env', 'a.js', 'node_modules/x/README.md', 'src', 'src/b.js'], 4],
    ['*\n!*.js', ['a.js'], 1],
    ['*\n!node_modules/x/*.md', ['node_modules/x/README.md'], 3],
  ] as const) {
    test(JSON.stringify(text), () => {
      const watch = watched(project);
      const walk = contextFiles(watch.files, 'app', ignoreOf(text));
      expect([...walk].map(({ path }) => path)).toEqual(paths);
      expect(walk.stopped).toBe(false);
      expect(watch.listed.length).toBe(listed);
    });
  }

  test('the whole project is a context as well', () => {
    const first = [...contextFiles(project, '.', ignoreOf('app'))];
    expect(first).toEqual([{ path: 'Dockerfile', kind: 'file' }]);
    expect([...contextFiles(project, '', ignoreOf('app'))]).toEqual(first);
  });

  test('a missing context is empty', () => {
    expect([...contextFiles(project, 'nowhere', ignoreOf(''))]).toEqual([]);
  });

  test('a symlink is listed and not entered', () => {
    const files: Files = {
      ...project,
      list: (path) => (path === '.' ? [{ name: 'up', kind: 'symlink' }] : [{ name: 'passwd', kind: 'file' }]),
    };
    expect([...contextFiles(files, '.', ignoreOf(''))]).toEqual([{ path: 'up', kind: 'symlink' }]);
  });

  test('it stops at its limits and says so', () => {
    const endless: Files = { ...project, list: () => [{ name: 'a', kind: 'directory' }] };
    const deep = contextFiles(endless, '.', ignoreOf(''), { depth: 5 });
    expect([...deep].length).toBe(5);
    expect(deep.stopped).toBe(true);
    const wide = contextFiles(project, 'app', ignoreOf(''), { entries: 3 });
    expect([...wide].length).toBe(3);
    expect(wide.stopped).toBe(true);
  });
});

describe('the ignore file of a Dockerfile', () => {
  for (const [dockerfile, names, chosen] of [
    ['Dockerfile', ['app/.dockerignore'], 'app/.dockerignore'],
    ['app/Dockerfile', ['app/.dockerignore', 'app/Dockerfile.dockerignore'], 'app/Dockerfile.dockerignore'],
    [
      'docker/web.Dockerfile',
      ['docker/web.Dockerfile.dockerignore', 'app/.dockerignore'],
      'docker/web.Dockerfile.dockerignore',
    ],
    ['docker/Dockerfile', ['docker/.dockerignore'], undefined],
  ] as const) {
    test(`${dockerfile} with ${names.join(', ')}`, () => {
      const files = memoryFiles(Object.fromEntries(names.map((name) => [name, ''])));
      expect(ignoreFileFor(files, 'app', dockerfile)).toBe(chosen);
    });
  }

  test('at the root', () => {
    expect(ignoreFileFor(memoryFiles({ '.dockerignore': '' }), '.', 'Dockerfile')).toBe('.dockerignore');
  });
});
