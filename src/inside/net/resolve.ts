import dns from 'node:dns/promises';
import net from 'node:net';

/** Addresses of a name as any program of the container would get them; none for a name that nobody knows. */
export async function resolveName(name: string): Promise<readonly string[]> {
  if (net.isIP(name)) return [name];
  try {
    const found = await dns.lookup(name, { all: true, verbatim: true });
    return [...new Set(found.map(({ address }) => address))];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA' || code === 'EAI_FAIL') return [];
    throw error;
  }
}
