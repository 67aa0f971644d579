import fs from 'node:fs/promises';

/**
 * Processes that hold a TCP socket which listens on this port, in the network namespace of `of`: whoever opened it, and
 * whoever has it from a parent. Those that the helper may not look into are left out.
 */
export async function holders(of: number, port: number): Promise<readonly number[]> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => fs.readFile(`/proc/${of}/net/${name}`, 'latin1').catch(() => '')),
  );
  const sockets = new Set(tables.flatMap((table) => table.split('\n').flatMap((line) => socketOf(line, port))));
  if (sockets.size === 0) return [];
  const pids = (await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const isHolder = await Promise.all(pids.map((pid) => holdsOne(pid, sockets)));
  return pids.filter((_, index) => isHolder[index]);
}

/** Of a line of proc_net_tcp(5) that listens on the port (`0: 00000000:1F90 00000000:0000 0A … INODE`), what its descriptors link to. */
export function socketOf(line: string, port: number): string[] {
  const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
  const isIt = state === '0A' && Number.parseInt(local.split(':')[1] ?? '', 16) === port;
  return isIt && inode !== undefined ? [`socket:[${inode}]`] : [];
}

async function holdsOne(pid: number, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  for (const name of await fs.readdir(folder).catch(() => [])) {
    const link = await fs.readlink(`${folder}/${name}`).catch(() => '');
    if (sockets.has(link)) return true;
  }
  return false;
}
