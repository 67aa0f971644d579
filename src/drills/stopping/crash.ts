import type { ContainerState } from '../../engine/container.ts';
import type { EngineInfo } from '../../engine/engine.ts';
import type { EngineEvent } from '../../engine/events.ts';
import type { Lab, Subject } from '../lab.ts';

/** What became of a service after it had crashed. */
export interface Return {
  /** It runs again, as a new process. */
  readonly isBack: boolean;
  /** Its status where it is not: `exited`, `restarting`. */
  readonly status: string;
  readonly exitCode: number;
  /** Between its end and its new start, by the engine's clock; undefined where it is not back. */
  readonly downMs: number | undefined;
}

/** Which run of the container this is: its number on the engine's machine, 0 when none. */
export const lifeOf = async ({ container }: Subject): Promise<number> => (await container.inspect()).pid;

/**
 * Makes it crash and waits until it runs again, `ms` at most, or until the engine has given up: exited, with nothing to
 * wait for. `kill` does it; the default kills process 1 from outside.
 */
export async function crashAndWait(
  lab: Lab,
  subject: Subject,
  ms: number,
  kill: () => Promise<void> = () => subject.crash(),
): Promise<Return> {
  const heard = subject.events().length;
  const before = await lifeOf(subject);
  await kill();
  const gaveUp = givingUp(lab.engine);
  let isBack = false;
  await lab.until(
    ms,
    async () => {
      const { state, pid } = await subject.container.inspect();
      isBack = state.status === 'running' && pid !== 0 && pid !== before;
      return isBack || gaveUp(state);
    },
    50,
  );
  const { state } = await subject.container.inspect();
  // The engine tells of a start a moment after it shows it.
  if (isBack) await lab.until(2000, () => downMs(subject.events().slice(heard)) !== undefined, 20);
  const events = subject.events().slice(heard);
  const died = events.find(({ action }) => action === 'die');
  return {
    isBack,
    status: state.status,
    exitCode: died?.exitCode ?? state.exitCode,
    downMs: isBack ? downMs(events) : undefined,
  };
}

/**
 * Tells, asked again and again, whether the engine leaves it down: "exited" is also said for a moment before "restarting", so
 * it must stay so for 3 s. Podman says it until a program that it starts for that has started the container again, and a
 * busy machine is slow to: 10 s there.
 */
export function givingUp({
  isPodman,
}: Pick<EngineInfo, 'isPodman'>): (state: Pick<ContainerState, 'status'>) => boolean {
  const patienceMs = isPodman ? 10_000 : 3000;
  let since: number | undefined;
  return ({ status }) => {
    if (status !== 'exited' && status !== 'dead') since = undefined;
    else since ??= performance.now();
    return since !== undefined && performance.now() - since > patienceMs;
  };
}

/** From the first end to the next start. */
export function downMs(events: readonly EngineEvent[]): number | undefined {
  const died = events.findIndex(({ action }) => action === 'die');
  const started = events.slice(died + 1).find(({ action }) => action === 'start');
  return died >= 0 && started ? Math.max(0, started.at - events[died]!.at) : undefined;
}
