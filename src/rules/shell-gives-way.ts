import type { ImageFacts } from '../knowledge/image-facts.ts';
import type { ShellCommand } from '../model/image/programs.ts';

const bashAsSh = new Set(['rhel', 'fedora', 'amazon', 'oracle', 'suse', 'photon', 'arch']);
const busyboxAsSh = new Set(['alpine', 'wolfi', 'busybox']);

/**
 * `sh -c` gives its place to the last command of the script by itself where the shell is bash or BusyBox's, and dash
 * does not (measured: bash 5.2.15 and BusyBox 1.35.0 exec after `;` and `&&`, dash 0.5.12 never; a script in a file
 * stays in all three). `os` is the image's, whose /bin/sh it is; `shell` the program called.
 */
export function shellGivesWay(shell: string, os: ImageFacts['os'], script: readonly ShellCommand[]): boolean {
  const family = os?.family ?? '';
  const isBash = shell === 'bash' || (shell === 'sh' && bashAsSh.has(family));
  const isBusybox = shell !== 'bash' && shell !== 'dash' && busyboxAsSh.has(family);
  if (!isBash && !isBusybox) return false;
  const last = script.at(-1);
  if (last === undefined || last.within.length > 0 || /^\|{1,2}$|^&$/.test(last.joint ?? '')) return false;
  return script.length === 1 || isBusybox || !isOldBash(family, os?.version);
}

/** Before bash 5.1 only a command by itself took the shell's place: Enterprise Linux 8, Amazon Linux 2 and older. */
function isOldBash(family: string, version: string | undefined): boolean {
  if (family === 'amazon') return version !== '2023';
  return (family === 'rhel' || family === 'oracle') && Number(version ?? '0') < 9;
}
