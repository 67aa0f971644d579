import type { ShellCommand } from '../model/image/programs.ts';

const bashAsSh = new Set(['rhel', 'fedora', 'amazon', 'oracle', 'suse', 'photon', 'arch']);
const busyboxAsSh = new Set(['alpine', 'wolfi', 'busybox']);

/**
 * `sh -c` gives its place to the last command of the script by itself where the shell is bash or BusyBox's, and dash
 * does not (measured: bash 5.2.15 and BusyBox 1.35.0 exec after `;` and `&&`, dash 0.5.12 never; a script in a file
 * stays in all three). `family` is the distribution of the image, whose /bin/sh it is; `shell` the program called.
 */
export function shellGivesWay(shell: string, family: string | undefined, script: readonly ShellCommand[]): boolean {
  const isBash = shell === 'bash' || (shell === 'sh' && bashAsSh.has(family ?? ''));
  const isBusybox = shell !== 'bash' && shell !== 'dash' && busyboxAsSh.has(family ?? '');
  if (!isBash && !isBusybox) return false;
  const last = script.at(-1);
  return (
    last !== undefined && last.within.length === 0 && last.joint !== '|' && last.joint !== '||' && last.joint !== '&'
  );
}
