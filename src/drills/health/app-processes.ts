import type { ProcessSeen } from '../../inside/protocol.ts';
import type { Lab, Subject } from '../lab.ts';
import { kindOf } from '../stopping/family.ts';

/** Processes of one kind below an app's main process. */
export interface WorkerKind {
  /** Its command line, shortened: `nginx: worker process`. */
  readonly name: string;
  readonly pids: readonly number[];
}

/**
 * The processes that a container's main process has started, itself first, by their numbers on the engine's machine.
 * Commands that came by `docker exec`, health probes among them, are not its children and so are left out.
 */
export async function appProcesses(lab: Lab, subject: Subject): Promise<readonly ProcessSeen[]> {
  const { pid } = await subject.container.inspect();
  return treeOf(await (await lab.host()).processes(), pid);
}

export function treeOf(all: readonly ProcessSeen[], root: number): readonly ProcessSeen[] {
  const tree = all.filter(({ pid }) => pid === root);
  for (const parent of tree) tree.push(...all.filter(({ ppid, state }) => ppid === parent.pid && state !== 'Z'));
  return tree;
}

/** What the app's main process runs beside itself; inits, shells and launchers that only wait for the app are not it. */
export function workersOf(tree: readonly ProcessSeen[]): readonly WorkerKind[] {
  let [main] = tree;
  const childrenOf = (parent: ProcessSeen) => tree.filter(({ ppid }) => ppid === parent.pid);
  for (;;) {
    if (!main) return [];
    const children: readonly ProcessSeen[] = childrenOf(main);
    if (kindOf(main) === 'app' || children.length !== 1) break;
    main = children[0];
  }
  const kinds = new Map<string, number[]>();
  for (const { pid, name, command } of childrenOf(main)) {
    if (kindOf({ name, command }) === 'idler') continue;
    const kind = (command.join(' ').trim() || name).slice(0, 80);
    kinds.set(kind, [...(kinds.get(kind) ?? []), pid]);
  }
  return [...kinds].map(([name, pids]) => ({ name, pids }));
}
