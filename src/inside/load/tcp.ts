import { Wire } from '../net/wire.ts';
import type { Driver, Job } from './driver.ts';
import { endedBy } from './outcome.ts';

/** `tcp`: a connection is the answer; where there is something to send, the first byte that comes back. */
export function tcpDriver(job: Job): Driver {
  const body = Buffer.from(job.part.request.body ?? '', 'utf8');
  return {
    fire(attempt) {
      const answered = () => {
        attempt.answered();
        wire.close();
      };
      const wire = new Wire(
        job.to,
        {
          opened() {
            attempt.sent();
            if (body.length === 0) answered();
            else wire.write(body);
          },
          received: answered,
          ended: (end) => endedBy(attempt, end),
        },
        job.wires,
      );
      attempt.onTimeout = () => wire.close();
    },
  };
}
