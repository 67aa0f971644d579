import fs from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import type { Rule } from '../../src/rules/rule.ts';
import { leftOut } from './left-out.ts';
import type { Part } from './parts.ts';

/** Asked for like this, a module is the real one. */
export const real = '?real';
const entry = 'part:';
/** The whole program, for an entry point. */
export const program = 'program:';
export const standIn = 'stand-in';

/**
 * Puts stand-ins where the program enters a part. Every part, and every module that is loaded with `await import()`,
 * also imports the program itself: so esbuild leaves all that both need in the program's own chunk, which is there
 * already, instead of splitting it into a chunk for each combination of who needs what.
 */
export function lazyParts(parts: readonly Part[], main: string, shared: readonly string[]): Plugin {
  const partOf = new Map(parts.flatMap((part) => part.modules.map((module) => [module, part.name] as const)));
  const folders = new Map(parts.flatMap(({ rules, name }) => (rules ? [[rules, name] as const] : [])));
  return {
    name: 'lazy-parts',
    setup(build) {
      build.onResolve({ filter: /^program:$/ }, ({ path }) => ({ path, namespace: program }));
      build.onLoad({ filter: /.*/, namespace: program }, () => ({
        contents: [...shared, `${main}${real}`].map((file) => `import ${JSON.stringify(file)};`).join('\n'),
        resolveDir: path.dirname(main),
      }));
      build.onResolve({ filter: /^part:/ }, ({ path }) => ({ path, namespace: entry }));
      build.onLoad({ filter: /^part:/, namespace: entry }, async (asked) => {
        const part = parts.find(({ name }) => asked.path === `${entry}${name}`);
        if (!part) return undefined;
        const rules = part.rules ? await filesOfRules(part.rules) : [];
        const lines = [...part.modules, ...rules].map((file) => `export * from ${JSON.stringify(`${file}${real}`)};`);
        return { contents: [`import '${program}';`, ...lines].join('\n'), resolveDir: path.dirname(main) };
      });
      build.onResolve({ filter: /^\.\/parts\// }, (asked) => ({
        path: asked.path.replace('/parts', ''),
        external: true,
      }));
      build.onResolve({ filter: /^\.\/tables\// }, (asked) => ({ path: asked.path, external: true }));
      build.onResolve({ filter: /\?real$/ }, (asked) => ({ path: asked.path.slice(0, -real.length) }));
      build.onResolve({ filter: /\.ts$/ }, (asked) => {
        const file = path.resolve(asked.resolveDir, asked.path);
        if (asked.kind === 'dynamic-import') return { path: file, namespace: 'loaded-later' };
        if (asked.kind !== 'import-statement' || asked.namespace === entry) return undefined;
        const isRule = path.basename(asked.importer) === 'registry.ts' && folders.has(path.dirname(file));
        return isRule || partOf.has(file) ? { path: file, namespace: standIn } : undefined;
      });
      // A package: its named exports, which is what `await import()` is used for here.
      build.onResolve({ filter: /^[^./]/ }, async ({ path: name, kind, resolveDir }) => {
        if (kind !== 'dynamic-import' || name.startsWith('node:') || leftOut.includes(name)) return undefined;
        const found = await build.resolve(name, { kind: 'import-statement', resolveDir });
        return found.errors.length > 0 || found.external ? found : { path: found.path, namespace: 'loaded-later' };
      });
      build.onLoad({ filter: /.*/, namespace: 'loaded-later' }, (asked) => ({
        contents: `import '${program}';\nexport * from ${JSON.stringify(`${asked.path}${real}`)};`,
        resolveDir: path.dirname(asked.path),
      }));
      build.onLoad({ filter: /.*/, namespace: standIn }, async (asked) => {
        const module: Record<string, unknown> = await import(asked.path);
        const folder = folders.get(path.dirname(asked.path));
        const contents = folder ? ruleStandIns(module, folder) : functionStandIns(module, partOf.get(asked.path) ?? '');
        return { contents, resolveDir: import.meta.dirname };
      });
    },
  };
}

async function filesOfRules(folder: string): Promise<string[]> {
  const names = await fs.readdir(folder);
  return names
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => path.join(folder, name));
}

function functionStandIns(module: Readonly<Record<string, unknown>>, part: string): string {
  const functions = Object.entries(module).map(([name, value]) => {
    if (typeof value !== 'function') throw new Error(`${name} of the part "${part}" is no function`);
    return `export function ${name}(...given) { return part().${name}(...given); }`;
  });
  return [`let loaded;\nconst part = () => (loaded ??= require('./parts/${part}.cjs'));`, ...functions].join('\n');
}

const hooks = ['dockerfile', 'stage', 'service', 'compose', 'project', 'policy'] as const;

/** What the judge asks of each rule at each run; texts for people come from the rule itself. */
function ruleStandIns(module: Readonly<Record<string, unknown>>, part: string): string {
  const rules = Object.entries(module).map(([name, rule]) => {
    if (!isRule(rule)) throw new Error(`${name} of the part "${part}" is no rule`);
    const { id, severity, confidence, since, mission, aliases, drill, optIn } = rule;
    const metadata = {
      id,
      severity,
      confidence,
      since,
      mission,
      aliases,
      ...(drill ? { drill } : {}),
      ...(optIn ? { optIn } : {}),
    };
    const has = hooks.filter((hook) => rule[hook] !== undefined);
    const asked = [JSON.stringify(name), JSON.stringify(metadata), ...has.map((hook) => JSON.stringify(hook))];
    return `export const ${name} = ruleOf('${part}', () => require('./parts/${part}.cjs'), ${asked.join(', ')});`;
  });
  return [`import { ruleOf } from './rule-stand-in.js';`, ...rules].join('\n');
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'id' in value && 'severity' in value;
}
