import { SeaworthyError } from '../../vocabulary/error.ts';

/** What ends a run before its time: its caller, or an engine that is gone. The first that comes counts. */
export interface Halt {
  /** Its reason is the error to throw: `interrupted` or `engine-unreachable`. */
  readonly signal: AbortSignal;
  readonly gone: (error: SeaworthyError) => void;
  readonly isGone: boolean;
}

export function haltOf(caller: AbortSignal | undefined): Halt {
  const halted = new AbortController();
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
