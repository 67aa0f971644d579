import { setMaxListeners } from 'node:events';
import { SeaworthyError } from '../../vocabulary/error.ts';

/** What ends a run before its time: its caller, or an engine that is gone. The first that comes counts. */
export interface Halt {
  /** Its reason is the error to throw: `interrupted` or `engine-unreachable`. */
  readonly signal: AbortSignal;
  readonly gone: (error: SeaworthyError) => void;
  readonly isGone: boolean;
}

/** All that waits listens to one signal, dozens at a time; Node takes more than ten for a leak and tells the user so. */
export function manyListen(signal: AbortSignal): void {
  setMaxListeners(0, signal);
}

export function haltOf(caller: AbortSignal | undefined): Halt {
  const halted = new AbortController();
  manyListen(halted.signal);
  let isGone = false;
  const off = () =>
    halted.abort(new SeaworthyError('interrupted', 'the drills were called off', { cause: caller?.reason }));
  if (caller?.aborted) off();
  caller?.addEventListener('abort', off, { once: true });
  return {
    signal: halted.signal,
    gone(error) {
      isGone = true;
      halted.abort(error);
    },
    get isGone() {
      return isGone;
    },
  };
}
