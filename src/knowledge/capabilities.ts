/** What Linux calls them, without `CAP_`, in the kernel's order (include/uapi/linux/capability.h, 41 of them). */
export const capabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
] as const;

export type Capability = (typeof capabilities)[number];

const all: ReadonlySet<string> = new Set(capabilities);

/** What a container has without `cap_add` and `cap_drop` (moby: oci/caps/defaults.go, DefaultCapabilities). */
export const defaultCapabilities: readonly Capability[] = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FSETID',
  'FOWNER',
  'MKNOD',
  'NET_RAW',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'SYS_CHROOT',
  'KILL',
  'AUDIT_WRITE',
];

export interface Danger {
  /** `host`: a known way to the host; `wide`: sees or disturbs what belongs to others. */
  readonly reach: 'host' | 'wide';
  readonly why: string;
}

/** Capabilities that undo much of what a container separates, and why. Sources: capabilities(7), Docker's run reference. */
const dangers: Readonly<Partial<Record<Capability, Danger>>> = {
  SYS_ADMIN: { reach: 'host', why: 'mounts file systems and much more; with it a container can leave its box' },
  SYS_MODULE: { reach: 'host', why: 'loads code into the kernel' },
  SYS_RAWIO: { reach: 'host', why: 'reads and writes physical memory and ports of devices' },
  SYS_PTRACE: {
    reach: 'host',
    why: 'reads and changes other processes; with the host PID namespace, those of the host',
  },
  DAC_READ_SEARCH: { reach: 'host', why: 'opens files of the host by handle (open_by_handle_at), past its own root' },
  BPF: { reach: 'host', why: 'runs programs in the kernel' },
  SYS_BOOT: { reach: 'host', why: 'restarts the host, or loads another kernel' },
  MAC_ADMIN: { reach: 'host', why: 'changes the rules of SELinux, AppArmor or Smack' },
  MAC_OVERRIDE: { reach: 'host', why: 'ignores mandatory access rules' },
  NET_ADMIN: {
    reach: 'wide',
    why: 'changes addresses, routes and firewall rules; with the host network, those of the host',
  },
  PERFMON: { reach: 'wide', why: 'watches what other processes do' },
  CHECKPOINT_RESTORE: { reach: 'wide', why: 'chooses process ids and reads how other processes are laid out' },
  SYS_TIME: { reach: 'wide', why: 'sets the clock of the host' },
  SYSLOG: { reach: 'wide', why: "reads the kernel's log and addresses" },
  AUDIT_CONTROL: { reach: 'wide', why: 'turns off or rewrites the audit rules of the host' },
  SYS_RESOURCE: { reach: 'wide', why: 'goes beyond quotas and limits' },
  SYS_NICE: { reach: 'wide', why: 'takes processor time from others' },
  SYS_TTY_CONFIG: { reach: 'wide', why: 'hangs up terminals of the host' },
  NET_RAW: {
    reach: 'wide',
    why: 'forges packets, so it can answer for its neighbours (ARP); Docker gives it by default',
  },
};

/**
 * A capability as Compose and `docker run` take it: any case, with or without `CAP_`, or `ALL`. Undefined where Docker
 * says `unknown capability`.
 */
export function parseCapability(text: string): Capability | 'ALL' | undefined {
  const upper = text.toUpperCase();
  if (upper === 'ALL') return 'ALL';
  const name = upper.startsWith('CAP_') ? upper.slice('CAP_'.length) : upper;
  return all.has(name) ? (name as Capability) : undefined;
}

/** Why a capability should not be given without need; undefined for harmless ones. */
export function capabilityDanger(capability: Capability | 'ALL'): Danger | undefined {
  if (capability === 'ALL') return { reach: 'host', why: 'gives every capability, those that reach the host included' };
  return dangers[capability];
}
