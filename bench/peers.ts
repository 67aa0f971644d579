import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What we measure ourselves against, pinned; installed beside the checkout's caches, never as our dependency. */
export const peers = { dclint: '3.1.0', dockerfilelint: '1.8.0', 'dockerfile-utils': '0.16.3' } as const;

/** A folder whose `node_modules` holds the peers; npm is asked only when one is missing or of another version. */
export function installPeers(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
  const folder = path.join(cache, 'seaworthy-bench');
  const present = Object.entries(peers).every(([name, version]) => installedVersion(folder, name) === version);
  if (present) return folder;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: peers }));
  const run = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`the peers could not be installed:\n${run.stderr}`);
  return folder;
}

function installedVersion(folder: string, name: string): string | undefined {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return undefined; // not installed yet
  }
}
