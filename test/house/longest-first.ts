import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What waits for a real engine begins first: it takes minutes and little of the processor, and the rest is done in its
 * shade. Left to itself, vitest begins with the largest files, and the ships, a small file, were still at sea for
 * minutes after all else was done.
 */
const folders = ['test/ships', 'test/drills', 'test/stack', 'test/engine', 'test/inside'];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}

function place({ moduleId }: TestSpecification): number {
  const file = path.relative(path.resolve(import.meta.dirname, '../..'), moduleId).replaceAll(path.sep, '/');
  const index = folders.findIndex((folder) => file.startsWith(`${folder}/`));
  return index === -1 ? folders.length : index;
}
