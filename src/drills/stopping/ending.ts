import type { Inspected } from '../../engine/container.ts';
import type { EngineEvent } from '../../engine/events.ts';

/** How a container ended after it was told to. */
export interface Ending {
  /** From the first signal to its end; by the engine's clock where it told. */
  readonly ms: number;
  readonly exitCode: number;
  /** Numbers of the signals that the engine sent, in their order. */
  readonly signals: readonly number[];
  readonly oomKilled: boolean;
}

/** `events`: those of this container since it was told; `measuredMs`: what our own clock says. */
export function endingFrom(
  events: readonly EngineEvent[],
  { state }: Pick<Inspected, 'state'>,
  measuredMs: number,
): Ending {
  const kills = events.filter(({ action }) => action === 'kill');
  const died = events.find(({ action }) => action === 'die');
  const first = kills[0];
  return {
    ms: first && died && died.at >= first.at ? died.at - first.at : measuredMs,
    exitCode: died?.exitCode ?? state.exitCode,
    signals: kills.flatMap(({ signal }) => (signal === undefined ? [] : [signal])),
    // 20.10 says so only once the container has stopped, which it has.
    oomKilled: state.oomKilled || events.some(({ action }) => action === 'oom'),
  };
}

/** SIGKILL is 9 everywhere. Code 137 alone also means a kill for memory, and Podman says no signals. */
export const wasKilled = ({ signals, exitCode, oomKilled }: Ending): boolean =>
  signals.includes(9) || (exitCode === 137 && !oomKilled);

/**
 * What is wrong with it, to follow the service's name: `was killed …`; undefined where nothing is. Codes that are well: 0,
 * and 128 + the signal it was sent (143 for SIGTERM), as a program ends that does its work and then lets the signal have its way.
 */
export function endingFault(ending: Ending, graceSeconds: number): string | undefined {
  if (ending.oomKilled) return 'was killed for memory while it was stopping';
  if (wasKilled(ending)) return `was killed (SIGKILL): its grace period of ${graceSeconds} s was over`;
  const { exitCode, signals } = ending;
  const isWell = exitCode === 0 || exitCode === 143 || signals.some((signal) => exitCode === 128 + signal);
  return isWell ? undefined : `left with code ${exitCode}`;
}
