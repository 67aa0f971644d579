import { expect, test } from 'vitest';
import { memoryFiles } from '../../src/read/files-memory.ts';

const files = memoryFiles({
  'compose.yaml': 'services: {}',
  './api/src/main.js': 'run()',
  'api/Dockerfile': 'FROM scratch',
  '../shared/base.yaml': 'services: {base: {}}',
  'logo.png': 'PNG\0',
});

test('reads by any spelling of a path', () => {
  expect(files.read('./api/../compose.yaml')).toEqual({ ok: true, text: 'services: {}' });
  expect(files.read('nothing')).toEqual({ ok: false, reason: 'missing' });
  expect(files.read('api/src')).toEqual({ ok: false, reason: 'directory' });
  expect(files.read('logo.png')).toEqual({ ok: false, reason: 'binary' });
});

test('directories are those the paths imply', () => {
  expect([files.kind('.'), files.kind('api/src'), files.kind('api/src/main.js'), files.kind('web')]).toEqual([
    'directory',
    'directory',
    'file',
    'missing',
  ]);
  expect(files.list('api')).toEqual([
    { name: 'Dockerfile', kind: 'file' },
    { name: 'src', kind: 'directory' },
  ]);
  expect(files.list('.').map((entry) => entry.name)).toEqual(['api', 'compose.yaml', 'logo.png']);
  expect(files.list('web')).toEqual([]);
});

test('what lies outside opens only once the project names it', () => {
  expect(files.read('../shared/base.yaml')).toEqual({ ok: false, reason: 'outside' });
  expect(files.kind('../shared')).toBe('other');
  files.allow?.('../shared');
  expect(files.read('../shared/base.yaml').ok).toBe(true);
  expect(files.list('../shared')).toEqual([{ name: 'base.yaml', kind: 'file' }]);
  expect(files.read('../other')).toEqual({ ok: false, reason: 'outside' });
});
