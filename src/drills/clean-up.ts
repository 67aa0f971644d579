import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../engine/engine.ts';
import { sweep } from '../engine/sweep.ts';
import { settled } from './settled.ts';

export interface CleaningUp {
  readonly engine: Engine;
  /** The run was called off: what was asked of the engine may still be done after the answer was not waited for. */
  readonly wasCalledOff: boolean;
  /** The engine went away; it may be back. */
  readonly isGone: boolean;
  /** What may still make things. */
  readonly unfinished: ReadonlySet<Promise<unknown>>;
  /** The helpers' image, which may be under way; `callOff` ends that. */
  readonly image: { readonly made: Promise<unknown>; callOff(): void };
  readonly onLeft: (what: string) => void;
}

/** Removes all that a run made, whatever is still under way. What it could not remove, the next run does; it is told. */
export async function cleanUp(cleaning: CleaningUp): Promise<void> {
  const { engine, isGone, wasCalledOff, unfinished, image, onLeft } = cleaning;
  const swept = async () => {
    try {
      await sweep(engine, 'mine', onLeft);
    } catch (error) {
      onLeft(`the next run has to: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  if (isGone) {
    image.callOff();
    // An engine that says nothing is not waited for; what is left then, whoever reads that it is gone knows.
    await settled([sweep(engine, 'mine')], 5000);
    return;
  }
  // An import of 110 MB takes a second here, and is not undone by hanging up; a build or a slow line may take minutes.
  if (!(await settled([image.made], 3000))) image.callOff();
  if (!wasCalledOff) return swept();
  // What the drills wait for goes with this: then they end, and what they made in the meantime goes, too.
  await sweep(engine, 'mine').catch(() => undefined);
  await settled([...unfinished, image.made], 10_000);
  // BuildKit 20.10 may still name the image of a build that has lost its client.
  await sleep(200);
  await swept();
}
