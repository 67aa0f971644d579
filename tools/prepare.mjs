import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/**
 * npm's `prepare`: builds `dist/` in a clone. JavaScript, since it may have to run before anything is installed:
 * `npm install -g git+…`, which is how pre-commit sets up a hook, prepares the clone with `global` still set, so that
 * npm (11.19) puts our development dependencies nowhere and the build finds no tools. Then they are installed here.
 */
const root = path.dirname(import.meta.dirname);
const isGlobal = process.env['npm_config_global'] === 'true' || process.env['npm_config_location'] === 'global';

if (isGlobal && !fs.existsSync(path.join(root, 'node_modules/tsx')))
  npm(['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--include=dev']);
npm(['run', 'build', '--silent']);

function npm(args) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_config_(?:global|location|prefix)$/i.test(name)),
  );
  const cli = process.env['npm_execpath'];
  const run = cli
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, env, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
