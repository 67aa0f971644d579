import fs from 'node:fs';

/** Every process of this machine, those of a private engine among them. */
export function processes(): readonly { readonly pid: number; readonly command: readonly string[] }[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [{ pid: Number(pid), command: fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0') }];
      } catch {
        return []; // It has ended.
      }
    });
}
