import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';

/** All that we make on an engine carries these; what does not is never changed or removed. */
export const label = {
  /** One run of one command. */
  run: 'seaworthy.run',
  /** The process that made it; see `thisProcess`. */
  owner: 'seaworthy.owner',
  /** Seconds since 1970 after which nobody can need it any more, for owners that cannot be asked. */
  until: 'seaworthy.until',
  /** What it is for: `drill`, `helper`. */
  purpose: 'seaworthy.purpose',
  /**
   * `container`, `network`, `volume` or `image`. A container inherits its image's labels: one that somebody starts from an
   * image of ours is said to be an image, and is not ours.
   */
  kind: 'seaworthy.kind',
  /** Kept on purpose (`--keep`): only a sweep that says so removes it. */
  keep: 'seaworthy.keep',
} as const;

/** A run that dies without cleaning up is known to be over after this long even from another machine. */
const longestRunSeconds = 12 * 3600;

export interface Run {
  /** Eight hexadecimal digits; part of every name. */
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
}

export function newRun(options: { readonly keep?: boolean; readonly purpose?: string } = {}): Run {
  const id = randomBytes(4).toString('hex');
  return {
    id,
    labels: {
      [label.run]: id,
      [label.owner]: thisProcess(),
      [label.until]: String(Math.round(Date.now() / 1000) + longestRunSeconds),
      [label.purpose]: options.purpose ?? 'drill',
      ...(options.keep ? { [label.keep]: 'true' } : {}),
    },
  };
}

/**
 * Names this process so that a later one can tell whether it still runs: the machine's boot, its process namespace, the
 * process, and when that was started, since process numbers come back.
 */
export function thisProcess(): string {
  return [machine(), process.pid, startOf(process.pid)].join('/');
}

const overHere = new Set<string>();

/** A run of this process is over, though the process lives on. */
export function endRun({ id }: Run): void {
  overHere.add(id);
}

/** Whether what carries these labels was made by a run that is over. `now` in seconds since 1970. */
export function isOver(labels: Readonly<Record<string, string>>, now: number): boolean {
  if (overHere.has(labels[label.run] ?? '')) return true;
  const [where, pid, start] = splitOwner(labels[label.owner] ?? '');
  if (where === machine() && pid !== undefined) return startOf(pid) !== start;
  return Number(labels[label.until] ?? Number.POSITIVE_INFINITY) < now;
}

function splitOwner(owner: string): [where: string, pid: number | undefined, start: string] {
  const parts = owner.split('/');
  const start = parts.pop() ?? '';
  const pid = Number(parts.pop());
  return [parts.join('/'), Number.isInteger(pid) ? pid : undefined, start];
}

function machine(): string {
  try {
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${fs.readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return os.hostname();
  }
}

/** When a process was started, in ticks since boot where /proc tells; `0` when there is none. */
function startOf(pid: number): string {
  try {
    // The second field is the name in parentheses, which may hold anything.
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '0' : (fields[19] ?? '1');
  } catch {
    if (fs.existsSync('/proc/self/stat')) return '0';
  }
  try {
    process.kill(pid, 0);
    return '1';
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? '1' : '0';
  }
}
