import type { ContainerState } from '../engine/container.ts';
import type { Subject } from './lab.ts';

/** What a service is doing right now, beside what it did before: whether it is still the same process. */
export interface Standing {
  readonly state: ContainerState;
  readonly restarts: number;
  /** Changes with every start. */
  readonly life: string;
}

export async function standingOf(subject: Subject): Promise<Standing> {
  const { state, restartCount } = await subject.container.inspect();
  return { state, restarts: restartCount, life: `${state.startedAt} ${restartCount}` };
}

/** Several answers in a row within the time: one lucky answer does not count. Without a port: that it runs. */
export async function answersAgain(
  subject: Subject,
  until: (ms: number, isTrue: () => Promise<boolean>) => Promise<boolean>,
  ms: number,
): Promise<boolean> {
  let well = 0;
  return until(ms, async () => {
    const { status } = (await subject.container.inspect()).state;
    const answer = status === 'running' ? await subject.ask().catch(() => ({ ok: false })) : { ok: false };
    well = (answer?.ok ?? status === 'running') ? well + 1 : 0;
    return well >= 3;
  });
}

/** How a process that ended did so: 128 + N is signal N (signal(7)); V8 aborts at its heap limit with 134 or 139 (measured with Node 20). */
export function endedHow({ exitCode, oomKilled }: ContainerState): string {
  if (oomKilled) return `killed by the kernel for memory (exit code ${exitCode})`;
  if (exitCode === 134 || exitCode === 139) return `ended by its own heap limit or a crash (exit code ${exitCode})`;
  if (exitCode === 137) return 'killed (exit code 137)';
  return `ended with exit code ${exitCode}`;
}
