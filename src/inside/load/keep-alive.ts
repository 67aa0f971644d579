import { AnswerReader } from '../http/answer-reader.ts';
import { type RequestBytes, requestBytes } from '../http/request-bytes.ts';
import { Wire, type WireEnd } from '../net/wire.ts';
import type { Attempt } from './attempt.ts';
import type { Driver, Job } from './driver.ts';
import { answeredWith, endedBy, wasNotAccepted } from './outcome.ts';

/** A connection of the pool; it carries one request at a time (nobody pipelines). */
interface Kept {
  readonly wire: Wire;
  isUsed: boolean;
  attempt: Attempt | undefined;
  reader: AnswerReader | undefined;
  openedAt: number;
}

/**
 * `keep-alive`: on connections that stay open, used in turn. Where all are busy, a request gets one of its own, which
 * joins the pool if there is room: a slow answer never delays the next request. Idle ones stay open until the load is
 * over, also when nothing is sent any more: a service that waits for them to close waits in vain, as behind a balancer.
 */
export function keepAliveDriver(job: Job): Driver {
  const { request, connections = 10 } = job.part;
  const bytes: RequestBytes = requestBytes(request, job.to, { Connection: 'keep-alive' });
  // RFC 9110, 9.2.2: only these may be sent again without asking.
  const maySendAgain = request.method === 'GET' || request.method === 'HEAD';
  const open = new Set<Kept>();
  const idle: Kept[] = [];

  function drop(kept: Kept): void {
    open.delete(kept);
    const index = idle.indexOf(kept);
    if (index >= 0) idle.splice(index, 1);
  }

  function send(kept: Kept, attempt: Attempt): void {
    kept.attempt = attempt;
    kept.reader = new AnswerReader(request.method);
    attempt.onTimeout = () => {
      // The answer may still come: no other request could be told from it.
      drop(kept);
      kept.wire.close();
    };
    attempt.sent();
    kept.wire.write(bytes.whole);
  }

  function received(kept: Kept, chunk: Buffer): void {
    const { attempt, reader } = kept;
    if (!attempt || !reader) {
      // Nobody has asked: `408 Request Timeout` of some servers before they close.
      drop(kept);
      kept.wire.linger();
      return;
    }
    reader.push(chunk);
    if (reader.isGarbled) {
      drop(kept);
      kept.wire.close();
      attempt.lost('garbled');
    } else if (reader.isDone) {
      kept.attempt = undefined;
      kept.reader = undefined;
      kept.isUsed = true;
      if (!reader.keepsAlive) {
        drop(kept);
        kept.wire.linger();
      } else if (idle.length < connections) idle.push(kept);
      else {
        drop(kept);
        kept.wire.close();
      }
      answeredWith(attempt, reader.status, request);
    }
  }

  function ended(kept: Kept, attempt: Attempt, end: WireEnd): void {
    drop(kept);
    const { reader } = kept;
    reader?.end();
    if (reader?.isDone) answeredWith(attempt, reader.status, request);
    else if (attempt.isOver || !attempt.isSent) endedBy(attempt, end, reader);
    else if (
      (maySendAgain && kept.isUsed && !reader?.hasBegun) ||
      (reader && wasNotAccepted(attempt, end, reader, performance.now() - kept.openedAt, request))
    ) {
      attempt.sendsAgain();
      openFor(attempt);
    } else endedBy(attempt, end, reader);
  }

  function openFor(attempt: Attempt): void {
    const wire: Wire = new Wire(
      job.to,
      {
        opened() {
          kept.openedAt = performance.now();
          send(kept, attempt);
        },
        received: (chunk) => received(kept, chunk),
        ended(end) {
          // Before it is open it has no attempt of its own yet.
          const current = kept.reader || kept.isUsed ? kept.attempt : attempt;
          if (current) ended(kept, current, end);
          else drop(kept);
        },
      },
      job.wires,
    );
    const kept: Kept = { wire, isUsed: false, attempt: undefined, reader: undefined, openedAt: 0 };
    open.add(kept);
    attempt.onTimeout = () => {
      drop(kept);
      wire.close();
    };
  }

  return {
    fire(attempt) {
      const kept = open.size >= connections ? idle.shift() : undefined;
      if (kept) send(kept, attempt);
      else openFor(attempt);
    },
  };
}
