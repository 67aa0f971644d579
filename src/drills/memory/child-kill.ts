import { InsideGone } from '../../inside/inside-gone.ts';
import type { ProcessSeen } from '../../inside/protocol.ts';
import { printBytes } from '../../vocabulary/bytes.ts';
import type { Evidence } from '../../vocabulary/drill.ts';
import type { Lab, Subject } from '../lab.ts';
import { answersAgain, standingOf } from '../standing.ts';
import { givingUp } from '../stopping/crash.ts';
import { shownProcess } from '../stopping/family.ts';
import { largestBelow, othersLike } from './largest-process.ts';

/** A pool may wait for the next request, or for a pause, before it starts another. */
const anewWithinMs = 20_000;

export interface ChildKilled {
  readonly evidence: readonly Evidence[];
  readonly fault?: string;
  /** What it did, where nothing is wrong. */
  readonly told?: string;
}

/** The largest process below process 1, where that is the one that the kernel takes first. */
export interface Largest {
  readonly process: ProcessSeen;
  /** No other of its kind runs. */
  readonly isAlone: boolean;
}

/** `early`: what ran when the service had become ready. */
export async function largestOf(subject: Subject, early: readonly ProcessSeen[]): Promise<Largest | undefined> {
  const late = await (await subject.inside()).processes();
  const process = largestBelow(early, late);
  return process && { process, isAlone: othersLike(process, late) === 0 };
}

/**
 * The kernel kills the largest process, which need not be process 1: then the container runs on, and nobody is told. Kills
 * that one, where the kernel has not done so already.
 */
export async function killLargest(lab: Lab, subject: Subject, largest: Largest): Promise<ChildKilled> {
  const { process: child, isAlone } = largest;
  lab.step('killing the largest process below process 1');
  const shown = shownProcess(child);
  const evidence: Evidence[] = [
    { name: 'largest process below process 1', value: `${shown}, ${printBytes(child.rssBytes)}` },
  ];
  const before = await standingOf(subject);
  const inside = await subject.inside();
  const isThere = (await inside.processes()).some(({ pid }) => pid === child.pid);
  lab.note(isThere ? `killed ${shown}` : `the kernel had killed ${shown}`, 'drill');
  try {
    if (isThere) await inside.signal([child.pid], 'SIGKILL');
  } catch (error) {
    if (!(error instanceof InsideGone)) throw error;
  }
  const answers = await servesOrEnds(lab, subject);
  const now = await standingOf(subject);
  const sameLife = now.life === before.life && now.state.status === 'running';
  evidence.push({ name: 'answered after that was killed', value: answers });
  // Whether a container that ended is started again is asked where its policy is (crash-restart).
  if (!sameLife && (answers || now.state.status === 'exited'))
    return { evidence, told: answers ? 'it was started again when its largest process was killed' : '' };
  const killed = `The kernel kills the largest process at the limit, here ${shown}`;
  if (!answers)
    return {
      evidence,
      fault: `${killed}: when that was gone ${sameLife ? 'process 1 ran on' : 'the container was started again'}, and the service has not answered since`,
    };
  if (!isAlone || (await isAnew(lab, subject, child)))
    return { evidence, told: 'it served on when its largest process was killed' };
  if ((await subject.probe())?.ok === false)
    return { evidence: [...evidence, { name: 'health test', value: 'tells that it is gone' }], told: '' };
  return {
    evidence,
    fault: `${killed}: when that was gone process 1 ran on without it, nothing started it again, and nothing tells`,
  };
}

/** Answers again; or the engine leaves it down. */
async function servesOrEnds(lab: Lab, subject: Subject): Promise<boolean> {
  const gaveUp = givingUp(lab.engine);
  let isDown = false;
  const serves = await answersAgain(
    subject,
    (ms, isTrue) =>
      lab.until(ms, async () => {
        isDown = gaveUp((await subject.container.inspect()).state);
        return isDown || (await isTrue());
      }),
    60_000,
  );
  return serves && !isDown;
}

async function isAnew(lab: Lab, subject: Subject, child: ProcessSeen): Promise<boolean> {
  return lab.until(
    anewWithinMs,
    async () => {
      await subject.ask().catch(() => undefined);
      const processes = await subject
        .inside()
        .then((inside) => inside.processes())
        .catch(() => []);
      return othersLike(child, processes) > 0;
    },
    500,
  );
}
