import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import net from 'node:net';
import { resolveName } from './resolve.ts';

interface Blocked {
  readonly port?: number;
  readonly host?: string;
  readonly how: 'drop' | 'reject';
}

/** Chains of our own, known by their names: what a helper that died has blocked, the next one can take back. */
const chains = { INPUT: 'SEAWORTHY-IN', OUTPUT: 'SEAWORTHY-OUT' } as const;
type Hook = keyof typeof chains;
const hooks = ['INPUT', 'OUTPUT'] as const;
type Family = 4 | 6;

/**
 * Drops or rejects packets in this network namespace with iptables. Applies to connections that are open, too, and to
 * those over the loopback. Rejects where there is no iptables, or the helper has not NET_ADMIN.
 */
export async function block({ port, host, how }: Blocked): Promise<void> {
  if (port === undefined && host === undefined) throw new Error('block needs a port or a host');
  const addresses = host === undefined ? [undefined] : await resolveName(host);
  if (addresses.length === 0) throw new Error(`nobody knows the name "${host}"`);
  for (const address of addresses)
    for (const family of familiesOf(address)) {
      try {
        for (const hook of hooks) await makeChain(family, hook);
      } catch (error) {
        // Where a port is blocked both are meant, and a kernel without IPv6 has nothing to block.
        if (family === 6 && address === undefined) continue;
        throw error;
      }
      for (const [hook, rule] of rulesFor({ address, port, how, family }))
        await iptables(family, ['-A', chains[hook], ...rule]);
    }
}

export async function unblock(): Promise<void> {
  for (const family of [4, 6] as const)
    for (const hook of hooks) {
      if (!(await exists(family, hook))) continue;
      await iptables(family, ['-D', hook, '-j', chains[hook]]).catch(() => {});
      await iptables(family, ['-F', chains[hook]]);
      await iptables(family, ['-X', chains[hook]]);
    }
}

function familiesOf(address: string | undefined): readonly Family[] {
  if (address === undefined) return [4, 6];
  return [net.isIPv6(address) ? 6 : 4];
}

const exists = (family: Family, hook: Hook) =>
  iptables(family, ['-n', '-L', chains[hook]]).then(
    () => true,
    () => false,
  );

async function makeChain(family: Family, hook: Hook): Promise<void> {
  if (await exists(family, hook)) return;
  await iptables(family, ['-N', chains[hook]]);
  await iptables(family, ['-I', hook, '-j', chains[hook]]);
}

/** Which packets: with nothing but iptables' own matches (`-p tcp`), which every build of it has. */
export function rulesFor(what: {
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly how: 'drop' | 'reject';
  readonly family: Family;
}): (readonly [Hook, readonly string[]])[] {
  const { address, port, how, family } = what;
  const tcp = ['-p', 'tcp'];
  const drop = ['-j', 'DROP'];
  // What REJECT answers in that host's name comes back over the loopback.
  const comesIn = ['!', '-i', 'lo', '-s', address ?? ''];
  const reset = how === 'drop' ? drop : ['-j', 'REJECT', '--reject-with', 'tcp-reset'];
  const icmp = family === 6 ? 'icmp6-adm-prohibited' : 'icmp-host-prohibited';
  if (address === undefined) return [['INPUT', [...tcp, '--dport', `${port}`, ...reset]]];
  if (port !== undefined)
    return [
      ['OUTPUT', [...tcp, '-d', address, '--dport', `${port}`, ...reset]],
      ['INPUT', [...comesIn, ...tcp, '--sport', `${port}`, ...drop]],
    ];
  return [
    ['OUTPUT', [...tcp, '-d', address, ...reset]],
    ['OUTPUT', ['-d', address, ...(how === 'drop' ? drop : ['-j', 'REJECT', '--reject-with', icmp])]],
    ['INPUT', [...comesIn, ...drop]],
  ];
}

const run = promisify(execFile);

/** `-w`: waits for the lock that the engine's own iptables may hold. */
async function iptables(family: Family, words: readonly string[]): Promise<void> {
  const program = family === 6 ? 'ip6tables' : 'iptables';
  try {
    await run(program, ['-w', '5', ...words], { timeout: 15_000 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new Error(`the helper image has no ${program}`);
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`${program} ${words.join(' ')}: ${said}`);
  }
}
