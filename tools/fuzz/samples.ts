import fs from 'node:fs';
import path from 'node:path';
import { ruleFixtures } from '../../test/house/rule-fixtures.ts';

/** A project as texts by path, before it is damaged. */
export interface Sample {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Larger files say no more to a reader, and drawing in them hits nothing. */
const largestFile = 100_000;
const mostFiles = 60;

/**
 * All projects there are to damage: the fixtures of rules, `examples/`, and the corpora of `npm run corpus` where the
 * checkout has them beside it. Sorted, so that a seed means the same wherever the same samples are.
 */
export function allSamples(root: string): Sample[] {
  const fixtures = ruleFixtures(root).map(({ rule, name, files }) => ({ name: `${rule}/${name}`, files }));
  const examples = folders(path.join(root, 'examples')).map((folder) => project(folder));
  const corpus = path.join(root, '..', 'shared', 'corpus');
  return [...fixtures, ...examples, ...fromCorpus(corpus)].filter(({ files }) => Object.keys(files).length > 0);
}

function fromCorpus(corpus: string): Sample[] {
  if (!fs.existsSync(corpus)) return [];
  const samples: Sample[] = [];
  for (const folder of folders(corpus)) {
    for (const name of fs.readdirSync(folder).sort())
      if (name.endsWith('.Dockerfile'))
        samples.push({ name, files: { Dockerfile: fs.readFileSync(path.join(folder, name), 'utf8') } });
    for (const inner of folders(folder)) samples.push(project(inner));
  }
  return samples;
}

function folders(parent: string): string[] {
  const entries = fs.readdirSync(parent, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(parent, name))
    .sort();
}

function project(folder: string): Sample {
  const files: Record<string, string> = {};
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  for (const name of names) {
    const file = path.join(folder, name);
    const { size, isFile } = stat(file);
    if (!isFile || size > largestFile || Object.keys(files).length >= mostFiles) continue;
    const text = fs.readFileSync(file, 'utf8');
    if (!text.includes('\0')) files[name.replaceAll('\\', '/')] = text;
  }
  return { name: path.basename(folder), files };
}

function stat(file: string) {
  const found = fs.lstatSync(file);
  return { size: found.size, isFile: found.isFile() };
}
