import type { Engine } from '../../engine/engine.ts';
import { treeEntries } from '../../engine/host-path.ts';
import type { TarEntry } from '../../engine/tar.ts';
import type { StackPlan, VolumePlan } from '../../stack/plan.ts';
import { carried, copyByEngine, filler } from './copy-volume.ts';
import { fromVolumeFolders } from './from-volume-folders.ts';
import { type Copy, type CopyItem, copyLimitBytes, mostEntries } from './isolated.ts';

/** A volume, and what is put into it. */
interface Filling {
  readonly volume: VolumePlan;
  readonly items: readonly CopyItem[];
}

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
    const wanted = (scope: Copy['scope']) =>
      this.#copies.flatMap((copy): Filling[] => {
        const volume = copy.scope === scope ? world.volumes.find(({ key }) => key === copy.volume) : undefined;
        return volume ? [{ volume, items: copy.items }] : [];
      });
    await Promise.all([this.#fill(wanted('world'), signal), this.#share(wanted('run'))]);
    return fromVolumeFolders(this.#engine, world);
  }

  /** Not called off with the world that happens to be the first; when it fails the next one tries again. */
  async #share(fillings: readonly Filling[]): Promise<void> {
    const missing = fillings.filter(({ volume }) => !this.#shared.has(volume.key));
    const filling = this.#fill(missing, undefined);
    for (const { volume } of missing) {
      this.#shared.set(volume.key, filling);
      filling.catch(() => this.#shared.delete(volume.key));
    }
    await Promise.all(fillings.map(({ volume }) => this.#shared.get(volume.key)));
  }

  async #fill(fillings: readonly Filling[], signal: AbortSignal | undefined): Promise<void> {
    if (fillings.length === 0) return;
    signal?.throwIfAborted();
    await Promise.all(fillings.map(({ volume }) => this.#engine.createVolume(volume.name, volume.body)));
    const helperImage = await this.#helperImage;
    for (const { volume, items } of fillings)
      for (const item of items)
        if (item.kind === 'tree' && !item.isReadable) {
          const from = { Type: 'bind' as const, Source: item.path, Target: '/from' };
          const limits = { bytes: copyLimitBytes, entries: mostEntries };
          await copyByEngine(this.#engine, helperImage, { from, volume: volume.name, name: item.name, limits }, signal);
        }
    // One container that need not run carries all: it takes an archive into its volumes as well (measured, 20.10).
    const mounts = fillings.map(({ volume }, index) => carried(volume.name, `/${folderOf(index)}`));
    const carrier = await filler(this.#engine, helperImage, mounts);
    try {
      // Podman puts all of it into the root of one that does not run, past the volumes (4.3.1).
      if (this.#engine.info.isPodman) await carrier.start();
      await carrier.putEntries('/', treesOf(fillings), textsOf(fillings));
    } finally {
      await carrier.remove();
    }
  }
}

function* treesOf(fillings: readonly Filling[]): Generator<TarEntry> {
  for (const [index, { items }] of fillings.entries())
    for (const item of items)
      if (item.kind === 'tree' && item.isReadable) yield* treeEntries(item.path, inFolder(index, item.name));
}

function textsOf(fillings: readonly Filling[]) {
  return fillings.flatMap(({ items }, index) =>
    items.flatMap((item) => {
      const name = inFolder(index, item.name);
      if (item.kind === 'text') return [{ name, content: item.text }];
      return item.kind === 'folder' ? [{ name, content: '', isFolder: true }] : [];
    }),
  );
}

/** Where a volume is mounted in the carrier, whose root takes the archive: the owner of `.` itself would be ignored (20.10). */
const folderOf = (index: number) => `to-${index + 1}`;
const inFolder = (index: number, name: string) => (name === '.' ? folderOf(index) : `${folderOf(index)}/${name}`);
