import type { ProcessSeen } from '../../src/inside/protocol.ts';

/** A process as it might be seen; what is not said is what an ordinary one has. */
export const someProcess = (pid: number, ppid: number, command: readonly string[]): ProcessSeen => ({
  pid,
  innerPid: pid,
  ppid,
  name: (command[0] ?? 'x').split(/[ /]/).at(-1)!.slice(0, 15),
  command,
  state: 'S',
  uid: 1000,
  gid: 1000,
  capEff: '0',
  capBnd: '0',
  noNewPrivs: true,
  seccomp: 2,
  openFiles: 10,
  maxFiles: 1024,
  rssBytes: 1 << 20,
  sigCgt: '0',
  sigIgn: '0',
});
