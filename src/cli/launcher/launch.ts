import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { cacheFileName, pruneCache, readCache, userCacheDirectory, writeCache } from './code-cache.ts';

/**
 * The file `seaworthy` starts from: loads the program's chunks (one file each beside this one, made by
 * `tools/build.ts`) through V8's code cache. A chunk is loaded when something first asks for it: reading a Dockerfile
 * never loads the YAML parser.
 */
declare const BUILD_ID: string;
declare const CHUNKS: readonly string[];

/** `url`: what `import.meta.url` is in the sources. */
interface Module {
  exports: unknown;
  readonly url: string;
}

interface Chunk {
  readonly module: Module;
  readonly script: vm.Script;
  readonly fromCache: boolean;
}

type Wrapper = (exports: unknown, require: (id: string) => unknown, module: Module) => void;

const home = __dirname;
/** Node's own modules: the only thing a chunk asks for beside the other chunks. */
const builtin: NodeJS.Require = require;
const uid = process.geteuid?.();
const userDirectory = userCacheDirectory(process.env, uid);
const loaded = new Map<string, Chunk>();

function load(name: string): unknown {
  const known = loaded.get(name);
  if (known) return known.module.exports;

  const filename = path.join(home, `${name}.cjs`);
  // esbuild writes ASCII only, so latin1 is the same text, read faster and held in half the memory.
  const source = fs.readFileSync(filename, 'latin1');
  const cachedData = cacheOf(name);
  const script = new vm.Script(source, cachedData ? { filename, cachedData } : { filename });
  const module: Module = {
    exports: {},
    get url() {
      return pathToFileURL(filename).href;
    },
  };
  const chunk = { module, script, fromCache: !!cachedData && !script.cachedDataRejected };
  loaded.set(name, chunk);
  const wrapper: Wrapper = script.runInThisContext();
  wrapper(chunk.module.exports, requireFromChunk, chunk.module);
  return chunk.module.exports;
}

function requireFromChunk(id: string): unknown {
  // A table; Node's own `require` would look for packages and links first, which takes longer than reading it.
  if (id.endsWith('.json')) return JSON.parse(fs.readFileSync(path.join(home, id), 'utf8'));
  const name = id.startsWith('./') ? id.slice(2, -'.cjs'.length) : '';
  return CHUNKS.includes(name) ? load(name) : builtin(id);
}

function cacheOf(chunk: string): Buffer | undefined {
  const name = cacheFileName({ chunk, buildId: BUILD_ID });
  const own = userDirectory === undefined ? undefined : readCache(path.join(userDirectory, name), uid);
  // What lies beside the program came with it: whoever could change it could change the program.
  return own ?? readCache(path.join(home, name), undefined);
}

/**
 * Only at the end of a run does V8 know which functions were needed: a cache made then holds them compiled. When one
 * chunk had no cache, all are written, since the others too have now run functions they had not before.
 */
function keepCaches(code: number): void {
  const complete = [...loaded.values()].every((chunk) => chunk.fromCache);
  // Other V8 flags would make each such run refuse and rewrite what the last one left.
  const usualFlags = process.execArgv.length === 0 && !process.env['NODE_OPTIONS'];
  // A worker runs a part of the program only, and ends when the main thread says so.
  // `--help` first would leave a cache without a single function of the check that follows.
  const typical = code <= 1 && !/^(?:-h|--help|-v|-V|--version|help|--judge-worker)$/.test(process.argv[2] ?? '');
  if (!userDirectory || uid === undefined || complete || !usualFlags || !typical) return;
  for (const [chunk, { script }] of loaded)
    writeCache(userDirectory, cacheFileName({ chunk, buildId: BUILD_ID }), script.createCachedData(), uid);
  pruneCache(userDirectory, 8 * CHUNKS.length);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write(`seaworthy needs Node.js 20 or newer; this is ${process.version}\n`);
  process.exitCode = 2;
} else {
  process.once('exit', keepCaches);
  load('app');
}
