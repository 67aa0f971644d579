import fs from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';

/**
 * `inside.cjs`: the program that runs inside helper containers, in one file that needs Node 20 and nothing else. Written
 * under another name first, because somebody else may be reading it.
 */
export async function buildInside(entry: string, file: string): Promise<void> {
  const built = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    charset: 'ascii',
    minifyWhitespace: true,
    lineLimit: 160,
    logLevel: 'warning',
  });
  await fs.mkdir(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await fs.writeFile(unfinished, built.outputFiles[0]!.text);
  await fs.rename(unfinished, file);
}
