import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Spelled in pieces, so that this file does not hold them itself. `/work/` counts only where a path begins. */
const traces = [
  new RegExp(`(?<![\\w.~-])/${'work'}/(?:main|shared|\\.[a-z])`),
  new RegExp(`(?<![\\w.~-])/${'farm'}/`),
  new RegExp(`\\.${'library'}/`),
  new RegExp(`(?<![\\w.~-])/${'tmp'}/(?:briefs|g/)`),
];

/** Deleted but not yet committed files, and links, have no text of their own. */
const isFile = (file: string) => fs.lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;

const traceIn = (text: string) => traces.flatMap((trace) => trace.exec(text)?.[0] ?? []);

test('no committed file names a path of the machine it was written on', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  expect(files).toContain('package.json');
  const found = files
    .filter((file) => file !== 'package-lock.json' && isFile(path.join(root, file)))
    .flatMap((file) => traceIn(fs.readFileSync(path.join(root, file), 'latin1')).map((trace) => `${file}: ${trace}`));
  expect(found).toEqual([]);
});

test('the guard sees such paths, and leaves other folders of that name alone', () => {
  for (const text of [
    `see /${'work'}/shared/x`,
    `"/${'farm'}/a"`,
    `cat ${'.library'}/search`,
    `/${'work'}/.${'library'}/x`,
  ])
    expect(traceIn(text), text).not.toEqual([]);
  for (const text of ['WORKDIR /work', 'COPY . /work/app', 'a/farm/b', 'library/node', '/home/work/main'])
    expect(traceIn(text), text).toEqual([]);
});

test('nothing that tests or examples need is kept out of the repository by an ignore file among them', () => {
  const left = execFileSync(
    'git',
    ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', 'test', 'examples'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  expect(left.split('\0').filter((file) => file !== '' && !file.includes('node_modules/'))).toEqual([]);
});
