import { AnswerReader } from '../http/answer-reader.ts';
import { requestBytes } from '../http/request-bytes.ts';
import { Wire } from '../net/wire.ts';
import type { Attempt } from './attempt.ts';
import type { Driver, Job } from './driver.ts';
import { answeredWith, endedBy, isExpected } from './outcome.ts';

interface Stream {
  readonly attempt: Attempt;
  readonly wire: Wire;
}

/**
 * `sse`: streams of server-sent events that are opened at the rate and held. Each is answered when its first event came
 * and nothing went wrong until we close it (too many are held, or the load ends) or the service ends it after a whole
 * event. Its latency is that of the first event.
 */
export function eventStreamDriver(job: Job): Driver {
  const { request, connections = 20 } = job.part;
  const { whole } = requestBytes({ ...request, headers: { Accept: 'text/event-stream', ...request.headers } }, job.to);
  const wanted = { expect: [200], ...request };
  /** Those that have had an event, the oldest first. */
  const held = new Set<Stream>();
  let isEnding = false;

  function letGo(stream: Stream): void {
    held.delete(stream);
    stream.wire.close();
    stream.attempt.answered(200);
  }

  function opened(attempt: Attempt): void {
    let tail = '';
    let isHeld = false;
    const reader = new AnswerReader(request.method, (bytes) => {
      tail = `${tail.slice(-4096)}${bytes.toString('latin1')}`;
      const end = endOfEvents(tail);
      if (end < 0) return;
      tail = tail.slice(end);
      if (isHeld || !isExpected(reader.status, wanted)) return;
      isHeld = true;
      attempt.answering(job.now() - attempt.beganMs);
      held.add(stream);
    });
    const finish = () => {
      if (attempt.isOver) return;
      if (reader.isGarbled) attempt.lost('garbled');
      // The service ended it in the midst of an event: whoever listens never hears of that one (HTML, 9.2.6).
      else if (isHeld && tail.trim() !== '') attempt.lost('cut', reader.status);
      // It said that all was well, and then nothing.
      else if (!isHeld && reader.status === 200) attempt.lost('closed', reader.status);
      else answeredWith(attempt, reader.status, wanted);
      if (attempt.isOver) wire.linger();
      held.delete(stream);
    };
    const wire = new Wire(
      job.to,
      {
        opened() {
          attempt.sent();
          wire.write(whole);
        },
        received(bytes) {
          if (attempt.isOver) return;
          reader.push(bytes);
          if (reader.isDone || reader.isGarbled) finish();
          else if (isHeld && (isEnding || held.size > connections)) letGo([...held][0]!);
        },
        ended(end) {
          reader.end();
          if (reader.isDone) finish();
          held.delete(stream);
          // A reset is none less for coming late.
          if (isHeld && end.how === 'reset') attempt.lost('reset');
          endedBy(attempt, end, reader);
        },
      },
      job.wires,
    );
    const stream: Stream = { attempt, wire };
    attempt.onTimeout = () => wire.close();
  }

  return {
    fire: opened,
    ending() {
      isEnding = true;
      for (const stream of held) letGo(stream);
    },
  };
}

/** Behind the last blank line, which ends an event; -1 where there is none. */
function endOfEvents(text: string): number {
  const ends = [...text.matchAll(/(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)/g)];
  const last = ends.at(-1);
  return last ? last.index + last[0].length : -1;
}
