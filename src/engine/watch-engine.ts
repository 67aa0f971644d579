import { SeaworthyError } from '../vocabulary/error.ts';
import type { Engine } from './engine.ts';
import type { EngineEvents } from './events.ts';

export interface EngineWatch {
  /** From now on the end of this stream tells as well, at once. */
  hear(events: EngineEvents): void;
  end(): void;
}

/** `silentMs` is long: a machine under load is slow, and not gone. */
const patience = { everyMs: 10_000, silentMs: 60_000 };

/**
 * Tells once when the engine goes away: it ends our stream of events, or says nothing for a minute. Without this, each
 * call that waits for something in a container would find out by itself, or never where a machine is gone from the
 * network. A daemon that is only restarted is gone as well: it has stopped all that we look at.
 */
export function watchEngine(
  engine: Pick<Engine, 'endpoint' | 'answers'>,
  onGone: (error: SeaworthyError) => void,
  { everyMs, silentMs } = patience,
): EngineWatch {
  let isOver = false;
  const gone = (how: string) => {
    if (isOver) return;
    end();
    onGone(
      new SeaworthyError('engine-unreachable', `the engine at ${engine.endpoint.host} ${how}`, {
        hint: 'When it is back, the next seaworthy drill removes what this one made',
      }),
    );
  };
  let timer = setTimeout(look, everyMs);
  function look() {
    void engine.answers(silentMs).then((answered) => {
      if (!answered) gone('does not answer any more');
      else if (!isOver) timer = setTimeout(look, everyMs);
    });
  }
  function end() {
    isOver = true;
    clearTimeout(timer);
  }
  return {
    hear: (events) => void events.lost.then(() => gone('went away while the drills ran')),
    end,
  };
}
