import type { Reach } from '../protocol.ts';
import { Wire } from './wire.ts';
import { resolveName } from './resolve.ts';

/** What an error code of connecting says. */
export function reachOf(code: string | undefined): Exclude<Reach, 'open'> {
  switch (code) {
    case 'ETIMEDOUT':
      return 'timeout';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'unknown-name';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    // A firewall of this very machine that rejects what goes out.
    case 'EACCES':
    case 'EPERM':
      return 'unreachable';
    default:
      return 'refused';
  }
}

/** Tries every address of the name at once: `open` if any is, else what the first came to. */
export async function reach(host: string, port: number, timeoutMs: number): Promise<Reach> {
  const addresses = await resolveName(host);
  if (addresses.length === 0) return 'unknown-name';
  const found = await Promise.all(addresses.map((address) => reachAddress(address, port, timeoutMs)));
  return found.includes('open') ? 'open' : found[0]!;
}

function reachAddress(host: string, port: number, timeoutMs: number): Promise<Reach> {
  return new Promise((resolve) => {
    const finish = (reach: Reach) => {
      clearTimeout(timer);
      wire.close();
      resolve(reach);
    };
    const timer = setTimeout(() => finish('timeout'), timeoutMs);
    const wire = new Wire(
      { host, port, tls: false },
      { opened: () => finish('open'), received: () => {}, ended: ({ code }) => finish(reachOf(code)) },
    );
  });
}
