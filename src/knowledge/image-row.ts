import type { ImageFacts } from './image-facts.ts';

/**
 * One line of the image tables: an image, the tags it speaks of, and what is known of them. The first row that matches
 * wins, in the order of `images/all.ts`. Gathered on 2026-11-21 from tag lists and Dockerfiles of August 2026; package
 * lists from July to September 2026.
 */
export interface ImageRow extends Omit<ImageFacts, 'oneShot' | 'buildStageOnly' | 'isBase'> {
  /** Other names of the same image. */
  readonly aliases?: readonly string[];
  /** RegExp source that names must match, for whole families; `image` is then only a label. */
  readonly pattern?: string;
  /** RegExp source, anchored, without flags. `latest` stands for no tag. */
  readonly tags: string;
  /** Tags that must reach this very row; the tests try them. */
  readonly samples: readonly string[];
  /** False where it is not said. */
  readonly oneShot?: boolean;
  readonly buildStageOnly?: boolean;
  readonly isBase?: boolean;
}

/** Part of a row that several rows share. */
export type Piece = Partial<ImageRow>;
