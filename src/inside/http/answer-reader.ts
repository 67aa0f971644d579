/**
 * Reads one HTTP/1.1 answer (RFC 9112) as its bytes come: content-length, chunked, or until the connection closes;
 * interim answers (100, 103) are passed over. Each byte is looked at once; of the body nothing is kept.
 */
export class AnswerReader {
  /** 0 until the head is there. */
  status = 0;
  headers: ReadonlyMap<string, string> = new Map();
  /** Whether a byte of it has come. */
  hasBegun = false;
  /** What came after its end: the other protocol after an upgrade, else nothing that should have come. */
  rest: Buffer = nothing;
  #state: 'head' | 'length' | 'close' | 'size' | 'chunk' | 'trailer' | 'done' | 'garbled' = 'head';
  /** Unread bytes of a head or of a chunk's line. */
  #line = '';
  /** Bytes of the body or the chunk that are still to come. */
  #left = 0;
  #keepsAlive = false;
  readonly #isHead: boolean;
  readonly #onBody: ((bytes: Buffer) => void) | undefined;

  constructor(method: string, onBody?: (bytes: Buffer) => void) {
    this.#isHead = method === 'HEAD';
    this.#onBody = onBody;
  }

  get isDone(): boolean {
    return this.#state === 'done';
  }

  get isGarbled(): boolean {
    return this.#state === 'garbled';
  }

  get hasHead(): boolean {
    return this.status !== 0;
  }

  /** Whether the connection may carry another request; known when it is done. */
  get keepsAlive(): boolean {
    return this.#keepsAlive && this.rest.length === 0;
  }

  push(bytes: Buffer): void {
    if (bytes.length > 0) this.hasBegun = true;
    let at = 0;
    while (at < bytes.length && this.#state !== 'done' && this.#state !== 'garbled') at = this.#read(bytes, at);
    if (at < bytes.length) this.rest = Buffer.concat([this.rest, bytes.subarray(at)]);
  }

  /** The other side has closed: the end of a body without a length. */
  end(): void {
    if (this.#state === 'close') this.#state = 'done';
  }

  #read(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'length':
      case 'chunk': {
        const end = Math.min(bytes.length, at + this.#left);
        this.#onBody?.(bytes.subarray(at, end));
        this.#left -= end - at;
        if (this.#left === 0) this.#state = this.#state === 'length' ? 'done' : 'size';
        return end;
      }
      case 'close':
        this.#onBody?.(bytes.subarray(at));
        return bytes.length;
      default: {
        const feed = bytes.indexOf(10, at);
        const end = feed < 0 ? bytes.length : feed + 1;
        this.#line += bytes.toString('latin1', at, end);
        if (this.#line.length > longest) this.#state = 'garbled';
        else if (feed >= 0) this.#readLine();
        return end;
      }
    }
  }

  #readLine(): void {
    if (this.#state === 'head') {
      if (!this.#line.startsWith('HTTP/')) this.#state = 'garbled';
      else if (/\r?\n\r?\n$/.test(this.#line)) this.#readHead();
      return;
    }
    const line = this.#line.trim();
    this.#line = '';
    if (this.#state === 'trailer') {
      if (line === '') this.#state = 'done';
      return;
    }
    // An empty line ends the chunk before; the next one begins with its length.
    if (line === '') return;
    const size = /^([0-9a-f]{1,13})(?:[ \t]*;.*)?$/i.exec(line)?.[1];
    if (size === undefined) this.#state = 'garbled';
    else {
      this.#left = Number.parseInt(size, 16);
      this.#state = this.#left === 0 ? 'trailer' : 'chunk';
    }
  }

  #readHead(): void {
    const [first = '', ...lines] = this.#line.split(/\r?\n/);
    this.#line = '';
    const start = /^HTTP\/(\d)\.(\d) (\d{3})(?: |$)/.exec(first);
    if (!start) {
      this.#state = 'garbled';
      return;
    }
    const status = Number(start[3]);
    if (status >= 100 && status < 200 && status !== 101) return;
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (colon <= 0) continue;
      const name = line.slice(0, colon).toLowerCase();
      const value = line.slice(colon + 1).trim();
      const before = headers.get(name);
      headers.set(name, before === undefined ? value : `${before}, ${value}`);
    }
    this.status = status;
    this.headers = headers;
    this.#frame(Number(start[1]) * 10 + Number(start[2]));
  }

  /** RFC 9112, 6.3: where the body ends. */
  #frame(version: number): void {
    const connection = this.headers.get('connection')?.toLowerCase() ?? '';
    this.#keepsAlive = version >= 11 ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection);
    const length = this.headers.get('content-length');
    if (this.#isHead || this.status === 101 || this.status === 204 || this.status === 304) this.#state = 'done';
    else if (/\bchunked\s*$/i.test(this.headers.get('transfer-encoding') ?? '')) this.#state = 'size';
    else if (length !== undefined) {
      this.#left = /^\d{1,15}$/.test(length) ? Number(length) : Number.NaN;
      this.#state = Number.isNaN(this.#left) ? 'garbled' : this.#left === 0 ? 'done' : 'length';
    } else {
      this.#state = 'close';
      this.#keepsAlive = false;
    }
  }
}

const nothing = Buffer.alloc(0);
/** Of a head, in bytes; nginx and Node take less than this. */
const longest = 256 * 1024;
