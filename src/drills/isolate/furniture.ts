import type { TarEntry } from '../../engine/tar.ts';
import type { Engine } from '../../engine/engine.ts';
import { treeEntries } from '../../engine/host-path.ts';
import type { StackPlan } from '../../stack/plan.ts';
import { carried, copyByEngine, filler } from './copy-volume.ts';
import { fromVolumeFolders } from './from-volume-folders.ts';
import { type Copy, type CopyItem, copyLimitBytes, mostEntries } from './isolated.ts';

/** The copies of a run: puts them where the worlds' plans say. What is shared by all worlds is made once. */
export class Furniture {
  readonly #engine: Engine;
  readonly #helperImage: Promise<string>;
  readonly #copies: readonly Copy[];
  readonly #shared = new Map<string, Promise<void>>();

  constructor(engine: Engine, helperImage: Promise<string>, copies: readonly Copy[]) {
    this.#engine = engine;
    this.#helperImage = helperImage;
    this.#copies = copies;
  }

  /**
   * Makes and fills the volumes that a world's plan has copies in, and returns the plan as this engine can start it.
   * Throws `engine-…`; what was made until then carries the run's labels.
   */
  async furnish(world: StackPlan, signal?: AbortSignal): Promise<StackPlan> {
    await Promise.all(
      this.#copies.map(async ({ volume: key, scope, items }) => {
        const volume = world.volumes.find((one) => one.key === key);
        if (!volume) return;
        if (scope === 'world') return this.#make(volume.name, volume.body, items, signal);
        let shared = this.#shared.get(key);
        if (!shared) {
          // Not called off with the world that happens to be the first; when it fails the next tries again.
          shared = this.#make(volume.name, volume.body, items, undefined);
          this.#shared.set(key, shared);
          shared.catch(() => this.#shared.delete(key));
        }
        await shared;
      }),
    );
    return fromVolumeFolders(this.#engine, world);
  }

  async #make(
    volume: string,
    body: Readonly<Record<string, unknown>>,
    items: readonly CopyItem[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    signal?.throwIfAborted();
    await this.#engine.createVolume(volume, body);
    const helperImage = await this.#helperImage;
    for (const item of items)
      if (item.kind === 'tree' && !item.isReadable) {
        const from = { Type: 'bind' as const, Source: item.path, Target: '/from' };
        const order = { from, volume, name: item.name, limits: { bytes: copyLimitBytes, entries: mostEntries } };
        await copyByEngine(this.#engine, helperImage, order, signal);
      }
    const sent = items.filter((item) => item.kind !== 'tree' || item.isReadable);
    if (sent.length === 0) return;
    // A container that never runs takes an archive into its volumes as well (measured, 20.10).
    const carrier = await filler(this.#engine, helperImage, [carried(volume, '/to')]);
    try {
      await carrier.putEntries('/', treesOf(sent), sent.flatMap(textsOf));
    } finally {
      await carrier.remove();
    }
  }
}

function* treesOf(items: readonly CopyItem[]): Generator<TarEntry> {
  for (const item of items) if (item.kind === 'tree') yield* treeEntries(item.path, inVolume(item.name));
}

function textsOf(item: CopyItem) {
  if (item.kind === 'text') return [{ name: inVolume(item.name), content: item.text }];
  return item.kind === 'folder' && item.name !== '.'
    ? [{ name: inVolume(item.name), content: '', isFolder: true }]
    : [];
}

/** Path in the carrier's archive, which is unpacked in its root: the owner of `.` itself would be ignored (20.10). */
const inVolume = (name: string) => (name === '.' ? 'to' : `to/${name}`);
