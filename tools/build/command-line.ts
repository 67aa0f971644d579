import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import * as esbuild from 'esbuild';
import { lazyParts, program, real, standIn } from './lazy-parts.ts';
import { lazyYaml } from './lazy-yaml.ts';
import { leftOut } from './left-out.ts';
import type { Part } from './parts.ts';
import { jsonTables, writeTables } from './tables.ts';

/**
 * `seaworthy.cjs` (the launcher), `app.cjs` and `yaml.cjs`. CommonJS, since only a `vm.Script` takes V8 code cache on
 * Node 20; one file per chunk, since within one file esbuild still runs what `await import()` asks for only then.
 *
 * Measured with `npm run bench:start` (Node 20.20, 4 cores, minima of 40) while rules were still to come, with a
 * program of 320 kB that reads a Dockerfile and looks up its base image: `node -e 0` 59.4 ms, one Dockerfile 65.6 ms
 * (71.4 without code cache), one Compose file 68.0 ms (77.3). Of those 6 ms about 1 goes to the launcher, 0.8 to reading
 * the source, 0.5 to reading the cache, 0.9 to V8 taking it in, and the rest to the program itself.
 */
export async function buildCommandLine(
  entry: string,
  launcher: string,
  out: string,
  parts: readonly Part[] = [],
): Promise<void> {
  const { plugin, tables } = jsonTables(path.dirname(path.dirname(entry)));
  const chunks = { ...(await bundleApp(entry, parts, plugin)), yaml: await bundleYaml() };
  await writeTables(tables, out);
  const sources = Object.entries(chunks);
  const hash = createHash('sha256');
  for (const [name, source] of sources) {
    hash.update(source);
    await fs.writeFile(path.join(out, `${name}.cjs`), source);
  }
  const [file] = (
    await esbuild.build({
      ...bundling,
      ...output,
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

const bundling = {
  bundle: true,
  write: false,
  logLevel: 'warning',
} as const satisfies esbuild.BuildOptions;

const output = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  charset: 'ascii',
  legalComments: 'inline',
  // Less to read at each start; short lines, because Node prints the whole line of an error that nobody caught.
  minifyWhitespace: true,
  lineLimit: 160,
  // `vm.Script` without a loader callback knows no `import()`; what is left of it must be `require`.
  supported: { 'dynamic-import': false },
} as const satisfies esbuild.TransformOptions;

/** What the launcher calls with a module's three names: a chunk is one expression, so V8 sees no text joined at run time. */
const wrapper = { banner: '(function (exports, require, module) {', footer: '})' };

/**
 * The program's own chunk, one for each part, and one for whatever is loaded with `await import()`. Only as modules does
 * esbuild split; each chunk is then made the CommonJS that the launcher calls.
 */
async function bundleApp(entry: string, parts: readonly Part[], tables: Plugin): Promise<Record<string, string>> {
  // What several parts share would be a chunk for each combination of them, so a second round puts it into the program.
  const shared = sharedModules(await split(entry, parts, [], tables), parts);
  const { outputFiles, metafile } = await split(entry, parts, shared, tables);
  const core = coreOf(metafile, entry);
  const chunks: Record<string, string> = {};
  for (const { path: file, text } of outputFiles) {
    const name = path.basename(file, '.cjs');
    if (name === 'app' && core !== 'app') continue;
    const source = text.replaceAll(`"./${core}.cjs"`, '"./app.cjs"');
    const { code } = await esbuild.transform(source, { ...output, ...wrapper });
    chunks[name === core ? 'app' : name] = code;
  }
  return chunks;
}

type Split = esbuild.BuildResult<{ write: false; metafile: true }>;

async function split(entry: string, parts: readonly Part[], shared: readonly string[], tables: Plugin): Promise<Split> {
  const yamlNames = Object.keys(await import('yaml')).filter((name) => name !== 'default');
  const built = await esbuild.build({
    ...bundling,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    metafile: true,
    external: [...leftOut],
    // A module's own address, for what lies beside it; CommonJS has none, so the launcher gives it.
    define: { 'import.meta.url': 'module.url' },
    outdir: '.',
    outExtension: { '.js': '.cjs' },
    chunkNames: '[name]-[hash]',
    plugins: [lazyYaml(yamlNames), lazyParts(parts, entry, shared), tables],
    entryPoints: [{ in: program, out: 'app' }, ...parts.map(({ name }) => ({ in: `part:${name}`, out: name }))],
  });
  if (built.warnings.length > 0) throw new Error('the command line does not bundle cleanly');
  return built;
}

/** What is in chunks that nobody asked for by name: modules, and stand-ins of functions. Those of rules only the registry imports. */
function sharedModules({ metafile }: Split, parts: readonly Part[]): string[] {
  const entered = new Set(parts.flatMap(({ modules }) => modules));
  return Object.values(metafile.outputs)
    .filter(({ entryPoint }) => entryPoint === undefined)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .filter((input) => input.endsWith('.ts'))
    .flatMap((input) => {
      const stood = input.startsWith(`${standIn}:`) ? input.slice(standIn.length + 1) : undefined;
      if (stood !== undefined) return entered.has(stood) ? [stood] : [];
      return input.includes(':') ? [] : [`${path.resolve(input)}${real}`];
    });
}

/** Where esbuild put the entry, when parts import it: the chunk that `app.cjs` would only pass on. */
function coreOf(metafile: esbuild.Metafile, entry: string): string {
  const file = path.relative(process.cwd(), entry);
  const found = Object.entries(metafile.outputs).find(([, { inputs }]) => file in inputs);
  if (!found) throw new Error('the entry is in no chunk');
  return path.basename(found[0], '.cjs');
}

async function bundleYaml(): Promise<string> {
  const root = path.dirname(createRequire(import.meta.url).resolve('yaml/package.json'));
  const manifest: { version: string } = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8'));
  // Its licence (ISC) asks that the notice travels with every copy.
  const license = (await fs.readFile(path.join(root, 'LICENSE'), 'utf8')).replaceAll('*/', '* /').trim();
  const built = await esbuild.build({
    ...bundling,
    ...output,
    banner: { js: `/*! yaml ${manifest.version}\n\n${license}\n*/\n${wrapper.banner}` },
    footer: { js: wrapper.footer },
    entryPoints: [path.join(root, 'dist/index.js')],
  });
  return built.outputFiles[0]!.text;
}
