import fs from 'node:fs/promises';
import type { Inside } from '../client.ts';

type Listener = Awaited<ReturnType<Inside['listeners']>>[number];

/** Listening sockets by `/proc/PID/net`: the kernel's own word, whatever tools the image lacks. */
export async function listeners(pid?: number): Promise<readonly Listener[]> {
  const tables = await Promise.all(
    (['tcp', 'tcp6', 'udp', 'udp6'] as const).map(async (name) => {
      const text = await fs.readFile(`/proc/${pid ?? 'self'}/net/${name}`, 'latin1').catch(absent);
      return text
        .split('\n')
        .slice(1)
        .flatMap((line) => listenerOf(name.startsWith('tcp') ? 'tcp' : 'udp', line));
    }),
  );
  const seen = new Map(tables.flat().map((one) => [`${one.protocol} ${one.address} ${one.port}`, one]));
  // Docker's resolver, which the engine puts into every container on a network of one's own: none of the service's.
  return [...seen.values()].filter(({ address }) => address !== '127.0.0.11');
}

/** No table: a kernel without IPv6. */
function absent(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}

/** A line of proc_net_tcp(5): `0: 0100007F:1F90 00000000:0000 0A …`. Of udp, what is connected to nobody. */
export function listenerOf(protocol: 'tcp' | 'udp', line: string): Listener[] {
  const [, local = '', remote = '', state] = line.trim().split(/\s+/);
  const [address = '', port = ''] = local.split(':');
  const listens = protocol === 'tcp' ? state === '0A' : state === '07' && /^0+:0000$/.test(remote);
  if (!listens || !/^(?:[0-9A-F]{8}|[0-9A-F]{32})$/.test(address)) return [];
  return [{ protocol, address: addressOf(address), port: Number.parseInt(port, 16) }];
}

/** Groups of four bytes in the byte order of the machine: little-endian on all that Node runs on but s390x. */
function addressOf(hexadecimal: string): string {
  const bytes = Buffer.from(hexadecimal, 'hex');
  if (isLittleEndian) bytes.swap32();
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
