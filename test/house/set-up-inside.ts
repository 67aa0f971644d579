import path from 'node:path';
import { buildInside } from '../../tools/build/inside.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The program that runs inside helper containers, as the build makes it. */
export const insideFile = path.join(root, '.cache/inside/inside.cjs');

/** Before the tests: it is made anew of the sources, in some milliseconds. */
export default async function setUpInside(): Promise<void> {
  await buildInside(path.join(root, 'src/inside/main.ts'), insideFile);
}
