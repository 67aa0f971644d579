import { ExitCode } from '../exit-code.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first Ctrl-C calls the drills off, which removes all that was made; the second leaves at once, and the next run
 * removes what is left. `end()` gives the signals back. `leave`: told when there is no time for anything else.
 */
export function onInterrupt(
  tell: (text: string) => void,
  leave: (text: string) => void,
): { readonly signal: AbortSignal; end(): void } {
  const called = new AbortController();
  const interrupted = () => {
    if (!called.signal.aborted) {
      tell('stopping: removing what was made; Ctrl-C again leaves at once');
      called.abort();
      return;
    }
    leave('left at once: the next seaworthy drill removes what is still there');
    process.exit(ExitCode.Interrupted);
  };
  for (const signal of signals) process.on(signal, interrupted);
  return {
    signal: called.signal,
    end: () => {
      for (const signal of signals) process.off(signal, interrupted);
    },
  };
}
