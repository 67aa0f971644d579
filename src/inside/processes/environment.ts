import fs from 'node:fs/promises';

/** With what environment a process was started. Rejects where the helper may not look, or it has gone. */
export async function environment(pid: number): Promise<Readonly<Record<string, string>>> {
  const text = await fs.readFile(`/proc/${pid}/environ`, 'utf8');
  const pairs = text.split('\0').filter((pair) => pair.includes('=', 1));
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=', 1);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}
