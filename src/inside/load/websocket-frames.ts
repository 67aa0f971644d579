import { createHash, randomBytes } from 'node:crypto';

/** RFC 6455, as much of it as a client needs that sends short texts and counts what comes back. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** What the server must answer to our key (4.2.2). */
export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** A masked frame, whole message (5.2). */
export function frame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (length < 126) head[1] = 0x80 | length;
  else if (length < 65_536) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  const masked = Buffer.from(payload);
  for (let index = 0; index < length; index++) masked[index]! ^= mask[index & 3]!;
  return Buffer.concat([head, mask, masked]);
}

export interface FrameSeen {
  readonly opcode: number;
  /** Of control frames, which are short; of others it is not kept. */
  readonly payload: Buffer;
  readonly isFinal: boolean;
}

/** Reads frames as their bytes come. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);
  /** Bytes of a data frame that are still to come. */
  #left = 0;
  #current: FrameSeen | undefined;
  isGarbled = false;
  readonly #hear: (frame: FrameSeen) => void;

  constructor(hear: (frame: FrameSeen) => void) {
    this.#hear = hear;
  }

  /** Whether it waits for the rest of a frame. */
  get isMidway(): boolean {
    return this.#held.length > 0 || this.#current !== undefined;
  }

  push(bytes: Buffer): void {
    let at = 0;
    while (!this.isGarbled && at < bytes.length) {
      if (this.#current) {
        const taken = Math.min(this.#left, bytes.length - at);
        this.#left -= taken;
        at += taken;
        this.#settle();
      } else {
        this.#held = this.#held.length === 0 ? bytes.subarray(at) : Buffer.concat([this.#held, bytes.subarray(at)]);
        at = bytes.length;
        while (!this.isGarbled && !this.#current && this.#readHead());
      }
    }
  }

  /** Returns whether there was a head; a data frame's bytes that are held already are passed over. */
  #readHead(): boolean {
    const held = this.#held;
    if (held.length < 2) return false;
    const [first = 0, second = 0] = held;
    const opcode = first & 0x0f;
    const short = second & 0x7f;
    const headLength = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
    // A server must not mask (5.1); reserved bits mean an extension that we did not ask for.
    this.isGarbled = (second & 0x80) !== 0 || (first & 0x70) !== 0 || (opcode >= 8 && short > 125);
    if (this.isGarbled || held.length < headLength) return false;
    const length = short === 126 ? held.readUInt16BE(2) : short === 127 ? Number(held.readBigUInt64BE(2)) : short;
    const isControl = opcode >= 8;
    if (isControl && held.length < headLength + length) return false;
    const have = Math.min(length, held.length - headLength);
    const payload = isControl ? Buffer.from(held.subarray(headLength, headLength + length)) : Buffer.alloc(0);
    this.#current = { opcode, payload, isFinal: (first & 0x80) !== 0 };
    this.#left = length - have;
    this.#held = held.subarray(headLength + have);
    this.#settle();
    return true;
  }

  #settle(): void {
    if (this.#left > 0 || !this.#current) return;
    const frame = this.#current;
    this.#current = undefined;
    this.#hear(frame);
  }
}
