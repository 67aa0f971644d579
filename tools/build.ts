import fs from 'node:fs/promises';
import path from 'node:path';
import { buildCommandLine } from './build/command-line.ts';
import { buildInside } from './build/inside.ts';
import { buildLibrary, buildTypes } from './build/library.ts';
import { parts } from './build/parts.ts';
import { warm } from './build/warm.ts';

/** `npm run build`: everything in `dist/`, made anew. */
const root = path.dirname(import.meta.dirname);
const out = path.join(root, 'dist');
const at = (file: string) => path.join(root, file);

await fs.rm(out, { recursive: true, force: true });
await fs.mkdir(out, { recursive: true });
await Promise.all([
  buildCommandLine(at('src/cli/main.ts'), at('src/cli/launcher/launch.ts'), out, parts).then(() => warm(out)),
  buildLibrary(at('src/index.ts'), out),
  buildInside(at('src/inside/main.ts'), path.join(out, 'inside.cjs')),
  buildTypes(root, out),
]);
