import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Generator } from '../generate/generator.ts';

/** The day the screen was made on: findings about ends of life depend on it. */
const today = '2026-11-21';
const lines = 34;

/** The screen in README.md: what the command really prints for the leaky example, its beginning and its end. */
export const generator: Generator = {
  name: 'README screen',
  owns: [],
  async files(root) {
    const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
    const begin = readme.indexOf('<!-- screen');
    const end = readme.indexOf('<!-- /screen -->');
    if (begin === -1 || end < begin) throw new Error('README.md has no place for the screen');
    const head = readme.slice(0, readme.indexOf('\n', begin) + 1);
    const screen = ['```console', '$ seaworthy check examples/leaky', ...cut(run(root)), '```', ''].join('\n');
    return new Map([['README.md', `${head}${screen}${readme.slice(end)}`]]);
  },
};

function run(root: string): string[] {
  const main = path.join(root, 'src/cli/main.ts');
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  const args = [tsx, main, 'check', 'examples/leaky', '--color', 'never', '--today', today];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8' },
  });
  if (stdout === '') throw new Error(`the example could not be judged:\n${stderr}`);
  return stdout.trimEnd().split('\n');
}

function cut(all: readonly string[]): string[] {
  const rule = all.findLastIndex((line) => /^─+$/.test(line));
  const tail = rule === -1 ? [] : all.slice(rule);
  if (all.length <= lines + tail.length) return [...all];
  let last = lines;
  while (last > 0 && all[last] !== '') last--;
  return [...all.slice(0, last), '', `  … ${rule - last} more lines …`, '', ...tail];
}
