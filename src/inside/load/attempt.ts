import type { LoadKind, LossReason } from '../protocol.ts';

/** How a request ended. */
export type Ending =
  | { readonly as: 'answered'; readonly status: number | undefined }
  | { readonly as: 'lost'; readonly reason: LossReason; readonly status: number | undefined }
  | { readonly as: 'refused'; readonly isStarved: boolean };

/**
 * One planned request. It ends exactly once, whatever happens to it: the first word counts, and when there is none within
 * its time, its own clock has the last. So what is planned is always the sum of what was answered, lost and refused.
 */
export class Attempt {
  readonly kind: LoadKind;
  /** When it began for whoever measures: when it should have, or when it did, whichever was first. */
  readonly beganMs: number;
  retried = false;
  #isSent = false;
  #isOver = false;
  #latencyMs: number | undefined;
  readonly #tell: (attempt: Attempt, ending: Ending) => void;
  readonly #timer: NodeJS.Timeout;
  /** Called when its time is over, after it has ended: its connection is of no more use. */
  onTimeout: () => void = () => {};

  constructor(kind: LoadKind, beganMs: number, timeoutMs: number, tell: (attempt: Attempt, ending: Ending) => void) {
    this.kind = kind;
    this.beganMs = beganMs;
    this.#tell = tell;
    this.#timer = setTimeout(() => {
      this.broken('timeout');
      this.onTimeout();
    }, timeoutMs);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get isSent(): boolean {
    return this.#isSent;
  }

  /** When it was known to be answered, where that was before it ended: the first event of a stream. */
  get latencyMs(): number | undefined {
    return this.#latencyMs;
  }

  /** Its first byte is on its way (or its connection is there, where that is all there is to it). */
  sent(): void {
    this.#isSent = true;
  }

  /** Its connection was gone before it was looked at: it is sent once more. */
  sendsAgain(): void {
    this.retried = true;
    this.#isSent = false;
  }

  /** The answer has begun and is in time; how it ends may take as long as it likes. */
  answering(latencyMs: number): void {
    this.#latencyMs = latencyMs;
    clearTimeout(this.#timer);
  }

  answered(status?: number): void {
    this.#end({ as: 'answered', status });
  }

  lost(reason: LossReason, status?: number): void {
    this.#end({ as: 'lost', reason, status });
  }

  refused(isStarved = false): void {
    this.#end({ as: 'refused', isStarved });
  }

  /** Lost when it had been sent, else refused. */
  broken(reason: LossReason): void {
    if (this.#isSent) this.lost(reason);
    else this.refused();
  }

  #end(ending: Ending): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#tell(this, ending);
  }
}
