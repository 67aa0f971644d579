import { spawnSync } from 'node:child_process';

/** Runs npm and returns what it printed; throws with npm's own words when it fails. */
export function npm(command: readonly string[], cwd: string): string {
  // npm names itself to the scripts it runs; on Windows its command is no program that `spawn` could start.
  const self = process.env['npm_execpath'];
  // What the outer npm run set for itself (`--silent`, prefixes) must not change the inner one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!execpath)/i.test(name)));
  const run = self
    ? spawnSync(process.execPath, [self, ...command], { cwd, env, encoding: 'utf8' })
    : spawnSync('npm', command, { cwd, env, encoding: 'utf8', shell: process.platform === 'win32' });
  if (run.status !== 0) throw new Error(`npm ${command.join(' ')} failed:\n${run.stderr}${run.stdout}`);
  return run.stdout;
}
