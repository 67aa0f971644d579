import { randomBytes } from 'node:crypto';
import { AnswerReader } from '../http/answer-reader.ts';
import { requestBytes } from '../http/request-bytes.ts';
import { Wire, type WireEnd } from '../net/wire.ts';
import type { Attempt } from './attempt.ts';
import type { Driver, Job } from './driver.ts';
import { endedBy } from './outcome.ts';
import { acceptOf, FrameReader, frame, opcodes } from './websocket-frames.ts';

/** One WebSocket: opened by a message, it carries those that come after. */
class Talk {
  readonly wire: Wire;
  readonly #job: Job;
  readonly #message: Buffer;
  readonly #key = randomBytes(16).toString('base64');
  readonly #head = new AnswerReader('GET');
  readonly #frames: FrameReader;
  /** Sent, or waiting for the handshake; the oldest first. Those that have timed out stay: their answers may still come. */
  readonly #awaited: Attempt[] = [];
  readonly #onOver: () => void;
  #isTalking = false;

  constructor(job: Job, message: Buffer, first: Attempt, onOver: () => void) {
    this.#job = job;
    this.#message = message;
    this.#onOver = onOver;
    this.#frames = new FrameReader(({ opcode, payload, isFinal }) => {
      if (opcode === opcodes.ping) this.wire.write(frame(opcodes.pong, payload));
      else if (opcode === opcodes.close) this.#closed(payload);
      else if (opcode !== opcodes.pong && isFinal) this.#awaited.shift()?.answered();
    });
    this.wire = new Wire(
      job.to,
      {
        opened: () => {
          for (const attempt of this.#awaited) attempt.sent();
          this.wire.write(this.#handshake());
        },
        received: (bytes) => this.#received(bytes),
        ended: (end) => this.#ended(end),
      },
      job.wires,
    );
    this.send(first);
  }

  /** Nothing that was sent is unanswered. */
  get isQuiet(): boolean {
    return this.#awaited.every((attempt) => attempt.isOver);
  }

  send(attempt: Attempt): void {
    this.#awaited.push(attempt);
    attempt.onTimeout = () => {
      // It never came to talk, or says nothing to anybody: the next message tries a new one.
      if (!this.#isTalking || this.isQuiet) this.#drop();
    };
    if (!this.#isTalking) return;
    attempt.sent();
    this.wire.write(this.#message);
  }

  /** Says goodbye, as a browser does when its page goes. */
  leave(): void {
    if (this.#isTalking) this.wire.write(frame(opcodes.close, Buffer.from([0x03, 0xe9])));
    this.#drop();
  }

  #handshake(): Buffer {
    return requestBytes({ ...this.#job.part.request, method: 'GET', body: '' }, this.#job.to, {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': this.#key,
    }).whole;
  }

  #received(bytes: Buffer): void {
    if (!this.#isTalking) {
      this.#head.push(bytes);
      if (!this.#head.isDone && !this.#head.isGarbled) return;
      const { status, headers, rest, isGarbled } = this.#head;
      const isAccepted = headers.get('sec-websocket-accept') === acceptOf(this.#key);
      if (isGarbled || status !== 101 || !isAccepted) {
        const isWrong = !isGarbled && status !== 101;
        this.#fail((attempt) => (isWrong ? attempt.lost('status', status) : attempt.lost('garbled')));
        return;
      }
      this.#isTalking = true;
      for (const attempt of this.#awaited) {
        attempt.sent();
        this.wire.write(this.#message);
      }
      this.#frames.push(rest);
    } else this.#frames.push(bytes);
    if (this.#frames.isGarbled) this.#fail((attempt) => attempt.lost('garbled'));
  }

  /** The server goes (5.5.1): what it still owes an answer is lost, and nothing else. */
  #closed(payload: Buffer): void {
    this.wire.write(frame(opcodes.close, payload.subarray(0, 2)));
    this.#awaited.forEach((attempt) => {
      attempt.lost('closed');
    });
    this.#onOver();
    this.wire.linger();
  }

  #ended(end: WireEnd): void {
    const reader = this.#isTalking ? undefined : this.#head;
    for (const attempt of this.#awaited) {
      if (this.#isTalking && this.#frames.isMidway) attempt.lost('cut');
      endedBy(attempt, end, reader);
    }
    this.#onOver();
  }

  #fail(how: (attempt: Attempt) => void): void {
    for (const attempt of this.#awaited) how(attempt);
    this.#drop();
  }

  #drop(): void {
    this.wire.close();
    this.#onOver();
  }
}

/** `websocket`: messages at the rate, over so many connections in turn; any message that comes back answers the oldest. */
export function websocketDriver(job: Job): Driver {
  const { request, connections = 5 } = job.part;
  const message = frame(opcodes.text, Buffer.from(request.body ?? 'ping', 'utf8'));
  const talks: (Talk | undefined)[] = Array.from({ length: connections }, () => undefined);
  let turn = 0;
  return {
    fire(attempt) {
      const place = turn;
      turn = (turn + 1) % connections;
      const talk = talks[place];
      if (talk) return talk.send(attempt);
      const made: Talk = new Talk(job, message, attempt, () => {
        if (talks[place] === made) talks[place] = undefined;
      });
      talks[place] = made;
    },
    close() {
      for (const talk of talks) talk?.leave();
    },
  };
}
