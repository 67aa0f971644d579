import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';

/**
 * `index.js`: the library, with packages left to the program's own node_modules. What it loads later is a chunk beside
 * it: whoever only checks must not load dockerode.
 */
export async function buildLibrary(entry: string, out: string): Promise<void> {
  await esbuild.build({
    entryPoints: { index: entry },
    outdir: out,
    chunkNames: 'index-[hash]',
    splitting: true,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
}

/** `types/`: declarations of what the library's entry reaches, from the compiler itself. */
export async function buildTypes(root: string, out: string): Promise<void> {
  const types = path.join(out, 'types');
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.build.json'), '--outDir', types]);
  // The compiler rewrites `./x.ts` to `./x.js` in what it emits as JavaScript, but leaves declarations as they are.
  for (const name of await fs.readdir(types, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = path.join(types, name);
    const text = await fs.readFile(file, 'utf8');
    await fs.writeFile(file, text.replace(/((?:from |import\()['"]\.{1,2}\/[^'"\n]*)\.ts(['"])/g, '$1.js$2'));
  }
}
