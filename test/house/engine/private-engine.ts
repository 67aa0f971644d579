import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import type http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { composePlugin } from './compose-plugin.ts';
import type { Engine } from './engine.ts';
import { proxyAt } from './gate.ts';
import { install } from './packages.ts';
import { run, tail } from './run.ts';
import { standInContext } from './stand-ins.ts';

/** The engine's own bridge and the port of the proxy on it, both only in its namespace. */
const bridge = '172.17.0.1';
const proxyPort = 3128;
/** How many test runs may have an engine at the same time. Each has a data folder of its own. */
const slots = 12;

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * What runs as process 1 of the engine's own process, network and mount namespaces. It lives as long as its standard
 * input is open: when whoever started it ends, in whatever way, the kernel ends all that is in the namespaces, and
 * mounts and links go with them. A second daemon in the host's network namespace would flush the first one's rules.
 * A gateway to nowhere (addresses of RFC 5737) refuses whatever reaches it: what leaves the engine's networks can be
 * told from what does not, and nothing waits for an answer. No network outlives its engine: one that was half made when
 * the engine was killed makes the next one panic at its start (20.10, `initNetworkController`). `/run` is its own, so that a service that mounts
 * /var/run/docker.sock gets this engine's and not the host's.
 */
const inside = `set -eu
rm -rf "$1/exec" "$1/data/network" "$1/docker.sock" "$1/docker.pid" "$1/in.sock"
find /sys/fs/cgroup/$4 /sys/fs/cgroup/*/$4 -depth -type d -exec rmdir {} + 2>/dev/null || true
echo locked
mount -t tmpfs tmpfs /run
ip link set lo up
ip netns add beyond
ip link add out type veth peer name in netns beyond
ip address add 198.51.100.2/24 dev out
ip link set out up
ip -n beyond address add 198.51.100.1/24 dev in
ip -n beyond link set in up
ip netns exec beyond sysctl -qw net.ipv4.ip_forward=1
ip route add default via 198.51.100.1
"$2" --import tsx "$3" "$1" ${proxyPort} >"$1/gate.log" 2>&1 &
dockerd -H "unix://$1/docker.sock" -H unix:///run/docker.sock --config-file "$1/daemon.json" >"$1/log" 2>&1 &
engine=$!
cat >/dev/null
kill $engine
for i in $(seq 100); do kill -0 $engine 2>/dev/null || exit 0; sleep 0.1; done`;

/**
 * A Docker engine for the tests alone: Debian's own, with its own socket, data and network. Data stay for the next run
 * in the cache folder, so that images and build steps need not be made again. A lock on that folder is held by the
 * processes of the engine themselves.
 */
export class PrivateEngine {
  readonly engine: Engine;
  readonly #process: ChildProcess;
  readonly #proxy: http.Server;

  constructor(engine: Engine, child: ChildProcess, proxy: http.Server) {
    this.engine = engine;
    this.#process = child;
    this.#proxy = proxy;
  }

  /** `isBare`: without the stand-ins for public images, for tests that need none. */
  static async start(say: (line: string) => void, { isBare = false } = {}): Promise<PrivateEngine> {
    const programs = {
      '/usr/sbin/dockerd': 'docker.io',
      '/usr/sbin/iptables': 'iptables',
      '/usr/sbin/debootstrap': 'debootstrap',
      '/usr/bin/unshare': 'util-linux',
      '/usr/sbin/ip': 'iproute2',
    };
    await install(programs, (packages) =>
      say(`Installing ${packages.join(', ')} from apt, to test on a real engine (SEAWORTHY_ENGINE=none leaves it out)`),
    );
    const cache = path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'seaworthy/engine');
    fs.mkdirSync(cache, { recursive: true, mode: 0o700 });
    const plugins = await composePlugin('/usr/bin/docker', cache);
    for (let slot = 1; slot <= slots; slot++) {
      const folder = path.join(cache, String(slot));
      const child = await startIn(folder);
      if (child === 'taken') continue;
      const proxy = proxyAt(path.join(folder, 'out.sock'));
      try {
        return new PrivateEngine(await ready(folder, plugins, isBare ? undefined : say), child, proxy);
      } catch (error) {
        await end(child, proxy);
        throw error;
      }
    }
    throw new Error(`${slots} test runs have an engine already`);
  }

  async stop(): Promise<void> {
    await sweep(this.engine);
    await end(this.#process, this.#proxy);
  }
}

/** What tests have left; those of a run that was killed come up again with the engine. Stand-ins and build steps stay. */
async function sweep({ docker, env }: Engine): Promise<void> {
  const call = { env: { ...process.env, ...env }, seconds: 60 };
  const linesOf = async (...args: string[]) => (await run(docker, args, call)).out.split('\n').filter(Boolean);
  const remove = async (names: readonly string[], ...args: string[]) => {
    if (names.length > 0) await run(docker, [...args, ...names], call);
  };
  await remove(await linesOf('ps', '-aq'), 'rm', '-fv');
  await run(docker, ['network', 'prune', '-f'], call);
  await remove(await linesOf('volume', 'ls', '-q'), 'volume', 'rm', '-f');
  const images = await linesOf('images', '--format', '{{.Repository}}:{{.Tag}}');
  await remove(
    images.filter((name) => /^seaworthy-[\w-]+-\d+-/.test(name)),
    'rmi',
    '-f',
  );
  await run(docker, ['image', 'prune', '-f'], call);
}

async function startIn(folder: string): Promise<ChildProcess | 'taken'> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const cgroup = `seaworthy-tests-${path.basename(folder)}`;
  const configuration = {
    'data-root': path.join(folder, 'data'),
    'exec-root': path.join(folder, 'exec'),
    pidfile: path.join(folder, 'docker.pid'),
    bip: `${bridge}/16`,
    'cgroup-parent': `/${cgroup}`,
    'exec-opts': ['native.cgroupdriver=cgroupfs'],
    builder: { gc: { enabled: true, defaultKeepStorage: '4GB' } },
  };
  fs.writeFileSync(path.join(folder, 'daemon.json'), JSON.stringify(configuration));
  const namespaces = ['--net', '--pid', '--fork', '--kill-child', '--mount', '--propagation', 'slave', '--mount-proc'];
  const gate = path.join(import.meta.dirname, 'gate-inside.ts');
  const shell = ['sh', '-c', inside, 'engine', folder, process.execPath, gate, cgroup];
  // The engine's processes inherit the lock: it is free when the last of them is gone, and not before.
  const lock = ['--nonblock', '--conflict-exit-code', '75', path.join(folder, 'lock')];
  const child = spawn('flock', [...lock, 'unshare', ...namespaces, ...shell], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => undefined);
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  const code = await Promise.race([once(child, 'exit').then(([code]) => code), once(child.stdout!, 'data')]);
  if (code === 75) return 'taken';
  if (typeof code === 'number') throw new Error(`no namespaces of its own for an engine: ${complaint.trim()}`);
  return child;
}

async function ready(folder: string, plugins: string, say: ((line: string) => void) | undefined): Promise<Engine> {
  const config = path.join(folder, 'config');
  fs.mkdirSync(config, { recursive: true });
  fs.writeFileSync(
    path.join(config, 'config.json'),
    JSON.stringify(plugins === '' ? {} : { cliPluginsExtraDirs: [plugins] }),
  );
  const docker = '/usr/bin/docker';
  const env = {
    DOCKER_HOST: `unix://${path.join(folder, 'docker.sock')}`,
    DOCKER_CONFIG: config,
    DOCKER_BUILDKIT: '1',
    BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
  };
  const call = { env: { ...process.env, ...env }, seconds: 20 };
  const until = Date.now() + 30_000;
  let version = await run(docker, ['version', '--format', '{{.Server.Version}}'], call);
  while (version.code !== 0) {
    if (Date.now() > until)
      throw new Error(
        `the private engine does not start:\n${tail(fs.readFileSync(path.join(folder, 'log'), 'utf8'), 20)}`,
      );
    await sleep(100);
    version = await run(docker, ['version', '--format', '{{.Server.Version}}'], call);
  }
  const engine = {
    title: `private engine ${version.out.trim()}`,
    docker,
    env,
    own: true,
    gate: path.join(folder, 'in.sock'),
    buildArguments: proxyArguments(),
  };
  await sweep(engine);
  if (!say) return engine;
  return { ...engine, standIns: await standInContext(engine, path.dirname(folder), say) };
}

/**
 * Names that a build knows without any ARG, and that leave no trace in the image. Not in the configuration of the docker
 * command: Compose would give them to the containers as well, and their health checks would ask the proxy.
 */
function proxyArguments(): string[] {
  const names = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];
  return names.flatMap((name) => ['--build-arg', `${name}=http://${bridge}:${proxyPort}`]);
}

async function end(child: ChildProcess, proxy: http.Server): Promise<void> {
  proxy.closeAllConnections();
  proxy.close();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  const killer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(killer);
}
