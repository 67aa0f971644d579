import { SeaworthyError } from '../vocabulary/error.ts';

/**
 * The helper has ended, or the way to it. One that shares a process namespace ends with the container whose it is: a
 * drill that kills that container must expect this.
 */
export class InsideGone extends SeaworthyError {
  constructor(message: string) {
    super('engine-unreachable', message);
  }
}
