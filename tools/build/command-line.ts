import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { lazyYaml } from './lazy-yaml.ts';

/**
 * `seaworthy.cjs` (the launcher), `app.cjs` and `yaml.cjs`. CommonJS, since only a `vm.Script` takes V8 code cache on
 * Node 20; one file per chunk, since within one file esbuild still runs what `await import()` asks for only then.
 *
 * Measured with `npm run bench:start` (Node 20.20, 4 cores, minima of 40) while rules were still to come, with a
 * program of 320 kB that reads a Dockerfile and looks up its base image: `node -e 0` 59.4 ms, one Dockerfile 65.6 ms
 * (71.4 without code cache), one Compose file 68.0 ms (77.3). Of those 6 ms about 1 goes to the launcher, 0.8 to reading
 * the source, 0.5 to reading the cache, 0.9 to V8 taking it in, and the rest to the program itself.
 */
export async function buildCommandLine(entry: string, launcher: string, out: string): Promise<void> {
  const chunks = { app: await bundleApp(entry), yaml: await bundleYaml() };
  const sources = Object.entries(chunks);
  const hash = createHash('sha256');
  for (const [name, source] of sources) {
    hash.update(source);
    await fs.writeFile(path.join(out, `${name}.cjs`), source);
  }
  const [file] = (
    await esbuild.build({
      ...shared,
      entryPoints: [launcher],
      banner: { js: '#!/usr/bin/env node' },
      // The launcher must still parse where it only says that Node is too old.
      target: 'node14.18',
      define: {
        BUILD_ID: JSON.stringify(hash.digest('hex').slice(0, 12)),
        CHUNKS: JSON.stringify(Object.keys(chunks)),
      },
    })
  ).outputFiles;
  await fs.writeFile(path.join(out, 'seaworthy.cjs'), file!.text, { mode: 0o755 });
}

const shared = {
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  charset: 'ascii',
  legalComments: 'inline',
  // Less to read at each start; short lines, because Node prints the whole line of an error that nobody caught.
  minifyWhitespace: true,
  lineLimit: 160,
  logLevel: 'warning',
  // `vm.Script` without a loader callback knows no `import()`; what is left of it must be `require`.
  supported: { 'dynamic-import': false },
} as const satisfies esbuild.BuildOptions;

/** What the launcher calls with a module's three names: a chunk is one expression, so V8 sees no text joined at run time. */
const wrapper = { banner: { js: '(function (exports, require, module) {' }, footer: { js: '})' } };

async function bundleApp(entry: string): Promise<string> {
  const plugins = [lazyYaml(Object.keys(await import('yaml')).filter((name) => name !== 'default'))];
  const built = await esbuild.build({ ...shared, ...wrapper, entryPoints: [entry], plugins });
  if (built.warnings.length > 0) throw new Error('the command line does not bundle cleanly');
  return built.outputFiles[0]!.text;
}

async function bundleYaml(): Promise<string> {
  const root = path.dirname(createRequire(import.meta.url).resolve('yaml/package.json'));
  const manifest: { version: string } = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8'));
  // Its licence (ISC) asks that the notice travels with every copy.
  const license = (await fs.readFile(path.join(root, 'LICENSE'), 'utf8')).replaceAll('*/', '* /').trim();
  const built = await esbuild.build({
    ...shared,
    ...wrapper,
    banner: { js: `/*! yaml ${manifest.version}\n\n${license}\n*/\n${wrapper.banner.js}` },
    entryPoints: [path.join(root, 'dist/index.js')],
  });
  return built.outputFiles[0]!.text;
}
