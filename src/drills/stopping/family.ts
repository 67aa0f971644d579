import type { ProcessSeen } from '../../inside/protocol.ts';
import { type Doings, isOnlyParent, unseenDoings } from './only-parent.ts';

/** What kind of program a process is. `parent`: one that only starts the app and waits for it. `idler`: one that a script waits with or pipes through, and that is nobody's app. */
export type Kind = 'shell' | 'init' | 'launcher' | 'parent' | 'idler' | 'app';

const shells = 'sh bash dash ash zsh ksh mksh'.split(' ');
const inits =
  'docker-init podman-init tini tini-static dumb-init catatonit s6-svscan s6-supervise supervisord runsvdir runsv my_init init'.split(
    ' ',
  );
const launchers =
  'npm npx yarn pnpm pipenv poetry uv bundle nodemon pm2-runtime dotenv sudo su runuser su-exec gosu setpriv env timeout nice dockerize doppler infisical'.split(
    ' ',
  );
const idlers = 'sleep tail cat tee wait inotifywait logger grep sed awk'.split(' ');
const interpreters = /^(?:node|nodejs|bun|deno|python[\d.]*|ruby|perl|busybox)$/;

/** By its command line: what runs, be it a program, or a script under its interpreter. */
export function kindOf({ command, name }: Pick<ProcessSeen, 'command' | 'name'>): Kind {
  const [first = name, second = ''] = command;
  // npm writes its command line anew, as one word: `npm start`.
  const program = baseName(first.split(' ')[0] ?? '').replace(/^-/, '');
  const known = knownAs(program);
  if (known) return known;
  return (interpreters.test(program) && knownAs(baseName(second).replace(/\.(?:c?js|py|sh)$/, ''))) || 'app';
}

function knownAs(program: string): Kind | undefined {
  const name = program === 'npm-cli' ? 'npm' : program === 'npx-cli' ? 'npx' : program;
  if (shells.includes(name)) return 'shell';
  if (inits.includes(name)) return 'init';
  if (launchers.includes(name)) return 'launcher';
  return idlers.includes(name) ? 'idler' : undefined;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What runs in a container: its process 1, and the app, which may be process 1 itself or stand below shells and inits. */
export interface Family {
  readonly first: ProcessSeen;
  readonly kind: Kind;
  /** The topmost processes below the wrappers; empty where process 1 is the app itself. */
  readonly apps: readonly ProcessSeen[];
}

/** Those of two looks that were there at both, as they are now: by `exec` a script may have become another program. */
export function lasting(early: readonly ProcessSeen[], late: readonly ProcessSeen[]): readonly ProcessSeen[] {
  const before = new Set(early.map(({ pid }) => pid));
  return late.filter(({ pid }) => before.has(pid));
}

/**
 * Of processes that last: what a script starts and ends meanwhile is not the app. A script that has nothing lasting below it
 * is the app. Undefined where process 1 cannot be seen.
 */
export function familyOf(processes: readonly ProcessSeen[], doings: Doings = unseenDoings): Family | undefined {
  const first = processes.find(({ pid }) => pid === 1);
  if (!first) return undefined;
  const kind = kindAmong(first, processes, doings);
  if (kind === 'app') return { first, kind, apps: [] };
  const apps = below(first, processes, doings, 0);
  return { first, kind: apps.length === 0 ? 'app' : kind, apps };
}

function below(parent: ProcessSeen, all: readonly ProcessSeen[], doings: Doings, depth: number): ProcessSeen[] {
  if (depth > 20) return [];
  return childrenOf(parent, all).flatMap((child) => {
    const kind = kindAmong(child, all, doings);
    if (kind === 'idler') return [];
    if (kind === 'app') return [child];
    const apps = below(child, all, doings, depth + 1);
    return apps.length === 0 && kind === 'parent' ? [child] : apps;
  });
}

/** A program of no known name may be the app, or somebody's own supervisor, by what it and its children do. */
function kindAmong(one: ProcessSeen, all: readonly ProcessSeen[], doings: Doings): Kind {
  const kind = kindOf(one);
  if (kind !== 'app') return kind;
  const busy = childrenOf(one, all).filter((child) => kindOf(child) !== 'idler');
  return isOnlyParent(one, busy, all, doings) ? 'parent' : 'app';
}

const childrenOf = (parent: ProcessSeen, all: readonly ProcessSeen[]): readonly ProcessSeen[] =>
  all.filter(({ ppid, pid, state }) => ppid === parent.pid && pid !== parent.pid && state !== 'Z');

/** `node server.js`: the command line as far as one line of a report has room for it. */
export function shownProcess({ command, name }: Pick<ProcessSeen, 'command' | 'name'>): string {
  const line = command.length > 0 ? command.join(' ').replaceAll(/\s+/g, ' ').trim() : name;
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
