import type { Endpoint } from '../net/endpoint.ts';
import type { Wire } from '../net/wire.ts';
import type { LoadPart } from '../protocol.ts';
import type { Attempt } from './attempt.ts';

/** Sends the requests of one part. Every attempt that it is given it brings to an end, or leaves to time out. */
export interface Driver {
  fire(attempt: Attempt): void;
  /** Nothing more will be sent; what only waits to be ended may be. */
  ending?(): void;
  /** All have ended: a word of farewell, before connections are closed. */
  close?(): void;
}

export interface Job {
  readonly to: Endpoint;
  readonly part: LoadPart;
  /** Every connection of the load that is open. */
  readonly wires: Set<Wire>;
  /** Milliseconds since the load began. */
  now(): number;
}
