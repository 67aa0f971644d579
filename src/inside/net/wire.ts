import net from 'node:net';
import tls from 'node:tls';
import type { Endpoint } from './endpoint.ts';

/**
 * How a connection ended. `failed`: it was never had, and `code` says why. `reset`: the other side tore it down.
 * `closed`: it said that it has no more to say.
 */
export interface WireEnd {
  readonly how: 'failed' | 'reset' | 'closed';
  /** Node's: `ECONNREFUSED`. */
  readonly code: string | undefined;
}

export interface WireUser {
  opened(): void;
  received(bytes: Buffer): void;
  /** At most once; never after `close()`. */
  ended(end: WireEnd): void;
}

/**
 * One raw connection of which nothing stays unknown: who opened, who ended, and whether by FIN or RST. (`http.Agent`
 * hides what became of a connection behind retries and error codes of its own.) Certificates are not verified: what is
 * measured is whether an answer comes, and services under test have none that anybody signed.
 */
export class Wire {
  readonly #socket: net.Socket;
  readonly #home: Set<Wire> | undefined;
  #isOpen = false;
  #isOver = false;

  /** `home`: the set of open wires that this one belongs to until it is over. */
  constructor({ host, port, tls: isTls }: Endpoint, user: WireUser, home?: Set<Wire>) {
    this.#home = home;
    home?.add(this);
    const socket = isTls
      ? tls.connect({ host, port, rejectUnauthorized: false, ...(net.isIP(host) ? {} : { servername: host }) })
      : net.connect({ host, port });
    this.#socket = socket;
    // Otherwise a request in two writes waits for an acknowledgement that Linux delays by 40 ms.
    socket.setNoDelay(true);
    socket.on(isTls ? 'secureConnect' : 'connect', () => {
      if (this.#isOver) return;
      this.#isOpen = true;
      user.opened();
    });
    socket.on('data', (bytes: Buffer) => {
      if (!this.#isOver) user.received(bytes);
    });
    const over = (how: 'reset' | 'closed', code?: string) => {
      if (this.#isOver) return;
      const end = { how: this.#isOpen ? how : 'failed', code } as const;
      this.close();
      user.ended(end);
    };
    socket.on('end', () => over('closed'));
    socket.on('error', (error: NodeJS.ErrnoException) => over('reset', error.code));
    socket.on('close', () => over('closed'));
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  write(bytes: Buffer): void {
    if (!this.#isOver) this.#socket.write(bytes);
  }

  /** Ends it from this side, at once and without a word to its user. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#home?.delete(this);
    this.#socket.destroy();
  }

  /** After the last answer: the other side closes, as it was asked to; where it does not within a second, we do. */
  linger(): void {
    if (this.#isOver) return;
    // Who closes first keeps the port for a minute (TIME_WAIT): 28,000 ports would be gone after 14 s at 2,000 a second.
    const timer = setTimeout(() => this.close(), 1000);
    timer.unref();
    this.#socket.once('close', () => clearTimeout(timer));
  }
}

/** What the driver itself lacked: ports or files. Nothing that the service did. */
export const isStarved = ({ code }: WireEnd): boolean =>
  code === 'EMFILE' || code === 'ENFILE' || code === 'EADDRNOTAVAIL' || code === 'ENOBUFS' || code === 'ENOMEM';
