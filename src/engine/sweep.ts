import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine, Ours } from './engine.ts';
import { isOver, label } from './labels.ts';

/** In this order: a network is not removed while a container is on it, nor an image or a volume while one uses it. */
const order = ['container', 'network', 'volume', 'image'] as const;

/** What could not be removed, and why: `volume seaworthy-1234abcd-1_data: … volume is in use`. */
export type Left = (what: string) => void;

/**
 * The one place that removes. Everything of this run (`mine`), of runs that are over (`dead`: their process is gone), or
 * of those and what was kept on purpose (`kept`). Never anything without our labels. Returns how many were removed; what
 * somebody else holds on to is told to `left`, and is no failure: it must not keep others from drilling. Throws
 * `engine-…` when the engine does not list what there is.
 */
export async function sweep(
  engine: Engine,
  what: 'mine' | 'dead' | 'kept',
  left: Left = () => undefined,
): Promise<number> {
  const now = Date.now() / 1000;
  const wanted = ({ labels }: Ours) => {
    if (what === 'mine') return labels[label.run] === engine.run.id;
    if (labels[label.keep] !== undefined && what !== 'kept') return false;
    return isOver(labels, now);
  };
  let removed = 0;
  const failed = new Map<string, string>();
  // What is made while we look (a build that ends, a container that starts) is there the second time; what another run
  // removes at the same time is gone by then.
  for (const pauseMs of [0, 100, 500, 1000]) {
    await sleep(pauseMs);
    const all = (await engine.ours()).filter(wanted);
    failed.clear();
    if (all.length === 0) return removed;
    for (const kind of order)
      await Promise.all(
        all
          .filter((one) => one.kind === kind)
          .map((one) =>
            engine.removeOurs(one).then(
              () => {
                removed += 1;
              },
              (error: unknown) =>
                void failed.set(`${kind} ${one.name}`, String(error instanceof Error ? error.message : error)),
            ),
          ),
      );
  }
  for (const [one, why] of failed) left(`${one}: ${why}`);
  return removed;
}
