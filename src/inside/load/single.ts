import { AnswerReader } from '../http/answer-reader.ts';
import { requestBytes } from '../http/request-bytes.ts';
import { Wire } from '../net/wire.ts';
import type { Attempt } from './attempt.ts';
import type { Driver, Job } from './driver.ts';
import { answeredWith, endedBy, wasNotAccepted } from './outcome.ts';

/** `fresh`: a connection for each request, which the service is asked to close, as nginx asks by default. */
export function freshDriver(job: Job): Driver {
  const { whole } = requestBytes(job.part.request, job.to, { Connection: 'close' });
  return { fire: (attempt) => send(job, attempt, [whole]) };
}

/** `slow`: the same, with a pause in the midst of the body, or of the head where there is no body. */
export function slowDriver(job: Job): Driver {
  const { head, body, whole } = requestBytes(job.part.request, job.to, { Connection: 'close' });
  const cut = body.length > 1 ? head.length + (body.length >> 1) : head.length >> 1;
  const pieces = [whole.subarray(0, cut), whole.subarray(cut)];
  return { fire: (attempt) => send(job, attempt, pieces, job.part.slowMs ?? 1000) };
}

function send(job: Job, attempt: Attempt, pieces: readonly Buffer[], pauseMs = 0): void {
  const reader = new AnswerReader(job.part.request.method);
  let pause: NodeJS.Timeout | undefined;
  let openedAt = 0;
  const finish = () => {
    clearTimeout(pause);
    if (attempt.isOver) return;
    if (reader.isDone) {
      answeredWith(attempt, reader.status, job.part.request);
      wire.linger();
    } else if (reader.isGarbled) {
      attempt.lost('garbled');
      wire.close();
    }
  };
  const wire = new Wire(
    job.to,
    {
      opened() {
        attempt.sent();
        openedAt = performance.now();
        const [first, second] = pieces;
        wire.write(first!);
        if (second) pause = setTimeout(() => wire.write(second), pauseMs);
      },
      received(bytes) {
        if (attempt.isOver) return;
        reader.push(bytes);
        if (reader.isDone || reader.isGarbled) finish();
      },
      ended(end) {
        reader.end();
        finish();
        if (attempt.isOver) return;
        if (wasNotAccepted(attempt, end, reader, performance.now() - openedAt, job.part.request)) {
          clearTimeout(pause);
          attempt.sendsAgain();
          send(job, attempt, pieces, pauseMs);
        } else endedBy(attempt, end, reader);
      },
    },
    job.wires,
  );
  attempt.onTimeout = () => {
    clearTimeout(pause);
    wire.close();
  };
}
