import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Docker's own client, speaking to one engine. */
export interface Engine {
  readonly command: (...args: string[]) => string[];
  readonly docker: (...args: string[]) => string;
  /** Where published ports are reached. */
  readonly host: string;
  readonly stop: () => void;
}

/** Newer clients of other origin may lack what Debian's has. */
const client = fs.existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker';

/**
 * The engine that SEAWORTHY_ENGINE names, or a private one in a network namespace of its own (as root, with Debian's
 * docker.io): images under the names of public ones must never reach an engine that somebody uses.
 */
export async function openEngine(): Promise<Engine> {
  const named = process.env.SEAWORTHY_ENGINE;
  if (named?.startsWith('unix://')) return engineAt(named, () => {});
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-sizes-'));
  const namespace = path.basename(folder);
  const run = (...args: string[]) => execFileSync(args[0] ?? '', args.slice(1), { stdio: 'ignore' });
  // In the host's own namespace a second daemon would flush the first one's rules.
  run('ip', 'netns', 'add', namespace);
  run('ip', '-n', namespace, 'link', 'set', 'lo', 'up');
  const socket = `unix://${folder}/docker.sock`;
  const daemon = spawn(
    'nsenter',
    [
      `--net=/var/run/netns/${namespace}`,
      ...['dockerd', '-H', socket, '--data-root', `${folder}/data`, '--exec-root', `${folder}/exec`],
      ...['--pidfile', `${folder}/docker.pid`],
    ],
    { stdio: ['ignore', 'ignore', fs.openSync(`${folder}/log`, 'w')] },
  );
  const engine = engineAt(socket, () => {
    daemon.once('exit', () => {
      run('ip', 'netns', 'del', namespace);
      run('sh', '-c', 'umount "$0"/exec/netns/* "$0"/data 2>/dev/null; rm -rf "$0"', folder);
    });
    daemon.kill();
  });
  for (let tries = 0; tries < 100; tries++) {
    try {
      engine.docker('version');
      return engine;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`dockerd did not start: ${fs.readFileSync(`${folder}/log`, 'utf8').slice(-2000)}`);
}

function engineAt(socket: string, stop: () => void): Engine {
  const command = (...args: string[]) => [client, '-H', socket, ...args];
  const docker = (...args: string[]) => {
    const [program = client, ...rest] = command(...args);
    return execFileSync(program, rest, {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DOCKER_BUILDKIT: '1' },
    }).trim();
  };
  return { command, docker, host: '127.0.0.1', stop };
}
