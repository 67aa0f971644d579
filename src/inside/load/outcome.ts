import type { AnswerReader } from '../http/answer-reader.ts';
import { isStarved, type WireEnd } from '../net/wire.ts';
import type { HttpRequest } from '../protocol.ts';
import type { Attempt } from './attempt.ts';

export function isExpected(status: number, { expect }: HttpRequest): boolean {
  return expect ? expect.includes(status) : status < 500;
}

/** Ends an attempt whose answer is whole. */
export function answeredWith(attempt: Attempt, status: number, request: HttpRequest): void {
  if (isExpected(status, request)) attempt.answered(status);
  else attempt.lost('status', status);
}

/** Ends an attempt whose connection has ended before the answer was whole. */
export function endedBy(attempt: Attempt, end: WireEnd, reader?: AnswerReader): void {
  if (end.how === 'failed') attempt.refused(isStarved(end));
  else if (!attempt.isSent) attempt.refused();
  else attempt.lost(reader?.hasBegun ? 'cut' : end.how);
}

/** A connection that was reset so soon after it was made, with no byte of an answer, had not been accepted. */
const unacceptedMs = 100;

/**
 * Whether it may be sent again on another connection: reset by the kernel while it waited in the queue of a listener
 * that closed, and harmless to repeat (RFC 9110, 9.2.2). Balancers do so, and learn that nobody listens any more.
 */
export function wasNotAccepted(
  attempt: Attempt,
  end: WireEnd,
  reader: AnswerReader,
  openMs: number,
  { method }: HttpRequest,
): boolean {
  const isIdempotent = method === 'GET' || method === 'HEAD';
  return isIdempotent && !attempt.retried && end.how === 'reset' && !reader.hasBegun && openMs < unacceptedMs;
}
