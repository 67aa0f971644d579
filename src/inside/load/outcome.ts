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
