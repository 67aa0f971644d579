import type { HttpAnswer, HttpRequest } from '../protocol.ts';
import type { Endpoint } from '../net/endpoint.ts';
import { reachOf } from '../net/reach.ts';
import { Wire } from '../net/wire.ts';
import { AnswerReader } from './answer-reader.ts';
import { requestBytes } from './request-bytes.ts';

/** One request on a connection of its own. Resolves with an `error` for all that the service may do. */
export function askHttp(to: Endpoint, request: HttpRequest, timeoutMs: number): Promise<HttpAnswer> {
  const { whole } = requestBytes(request, to, { Connection: 'close' });
  const began = performance.now();
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let room = 64 * 1024;
    const reader = new AnswerReader(request.method, (bytes) => {
      if (room <= 0) return;
      kept.push(Buffer.from(bytes.subarray(0, room)));
      room -= bytes.length;
    });
    const finish = (error?: string) => {
      clearTimeout(timer);
      wire.close();
      resolve({
        status: error === undefined ? reader.status : undefined,
        ...(error === undefined ? {} : { error }),
        ms: performance.now() - began,
        body: Buffer.concat(kept).toString('utf8'),
        headers: Object.fromEntries(reader.headers),
      });
    };
    const timer = setTimeout(() => finish('timeout'), timeoutMs);
    const wire = new Wire(to, {
      opened: () => wire.write(whole),
      received(bytes) {
        reader.push(bytes);
        // A stream of events has no end to wait for: that it has begun is the answer.
        if (reader.isDone || isStream(reader)) finish();
        else if (reader.isGarbled) finish('garbled');
      },
      ended(end) {
        reader.end();
        if (reader.isDone) finish();
        else if (end.how === 'failed') finish(reachOf(end.code));
        else finish(reader.hasBegun ? 'cut' : end.how);
      },
    });
  });
}

function isStream({ hasHead, headers }: AnswerReader): boolean {
  return hasHead && /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');
}
