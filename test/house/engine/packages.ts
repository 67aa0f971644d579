import fs from 'node:fs';
import { mustRun, run } from './run.ts';

/** Debian or Ubuntu, and root: here we can install what an engine needs. */
export function canInstall(): boolean {
  return process.platform === 'linux' && process.geteuid?.() === 0 && fs.existsSync('/usr/bin/apt-get');
}

const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
const lockWait = ['-o', 'DPkg::Lock::Timeout=300'];

/** Installs the packages whose program is missing. `say` hears what, before. */
export async function install(
  programs: Readonly<Record<string, string>>,
  say: (packages: readonly string[]) => void,
): Promise<void> {
  const missing = Object.entries(programs).flatMap(([program, name]) => (fs.existsSync(program) ? [] : [name]));
  if (missing.length === 0) return;
  say(missing);
  const wanted = [...lockWait, 'install', '-y', '-qq', '--no-install-recommends', ...missing];
  // The lists may be old or missing; they are fetched only when the first attempt shows it.
  if ((await run('/usr/bin/apt-get', wanted, { env: quiet, seconds: 600 })).code === 0) return;
  await mustRun('/usr/bin/apt-get', [...lockWait, 'update', '-qq'], { env: quiet, seconds: 600 });
  await mustRun('/usr/bin/apt-get', wanted, { env: quiet, seconds: 600 });
}

/** `{ ID: 'debian', VERSION_CODENAME: 'bookworm' }` */
export function distribution(): Readonly<Record<string, string>> {
  const lines = fs.readFileSync('/etc/os-release', 'utf8').split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name = '', value = ''] = /^(\w+)="?(.*?)"?$/.exec(line) ?? [];
      return name === '' ? [] : [[name, value]];
    }),
  );
}
