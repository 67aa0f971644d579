import type { Engine, Ours } from './engine.ts';
import { isOver, label } from './labels.ts';

/** In this order: a network is not removed while a container is on it, nor an image or a volume while one uses it. */
const order = ['container', 'network', 'volume', 'image'] as const;

/**
 * The one place that removes. Everything of this run (`mine`), of runs that are over (`dead`: their process is gone), or
 * of those and what was kept on purpose (`kept`). Never anything without our labels. Returns how many were removed.
 */
export async function sweep(engine: Engine, what: 'mine' | 'dead' | 'kept'): Promise<number> {
  const now = Date.now() / 1000;
  const wanted = ({ labels }: Ours) => {
    if (what === 'mine') return labels[label.run] === engine.run.id;
    if (labels[label.keep] !== undefined && what !== 'kept') return false;
    return isOver(labels, now);
  };
  let removed = 0;
  // What is made while we look (a build that ends, a container that starts) is there the second time.
  for (let round = 0; round < 3; round++) {
    const all = (await engine.ours()).filter(wanted);
    if (all.length === 0) return removed;
    for (const kind of order) {
      const some = all.filter((one) => one.kind === kind);
      const ended = await Promise.allSettled(some.map((one) => engine.removeOurs(one)));
      removed += ended.filter(({ status }) => status === 'fulfilled').length;
    }
  }
  const left = (await engine.ours()).filter(wanted);
  if (left.length > 0) await engine.removeOurs(left[0]!);
  return removed;
}
