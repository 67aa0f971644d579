import { deepStrictEqual } from 'node:assert';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';

/** Folders of tables: functions without parameters that return plain rows. */
const folders = ['knowledge/images', 'knowledge/end-of-life'];

/**
 * A table as JSON beside the program, read when its function is first called: a run looks into one or two of forty, and
 * `JSON.parse` builds rows faster than V8 runs the code that would. Returns the plugin and what is to be written.
 */
export function jsonTables(root: string): { readonly plugin: Plugin; readonly tables: Map<string, string> } {
  const tables = new Map<string, string>();
  const places = folders.map((folder) => path.join(root, folder));
  return {
    tables,
    plugin: {
      name: 'json-tables',
      setup(build) {
        build.onLoad({ filter: /\.ts$/, namespace: 'file' }, async ({ path: file }) => {
          if (!places.includes(path.dirname(file)) || path.basename(file) === 'all.ts') return undefined;
          const module: Record<string, unknown> = await import(file);
          const made = Object.entries(module).map(([name, table]) =>
            standIn(path.basename(path.dirname(file)), name, table, tables),
          );
          if (made.length === 0 || made.includes(undefined)) return undefined;
          return { contents: made.join('\n'), loader: 'js' };
        });
      },
    },
  };
}

function standIn(folder: string, name: string, table: unknown, tables: Map<string, string>): string | undefined {
  if (typeof table !== 'function' || table.length > 0) return undefined;
  const rows: unknown = table();
  if (!Array.isArray(rows)) return undefined;
  const json = JSON.stringify(rows);
  deepStrictEqual(JSON.parse(json), rows, `${name} holds what JSON cannot`);
  const file = `${folder}-${name}`;
  tables.set(file, json);
  return `export const ${name} = () => require('./tables/${file}.json');`;
}

export async function writeTables(tables: ReadonlyMap<string, string>, out: string): Promise<void> {
  await fs.mkdir(path.join(out, 'tables'), { recursive: true });
  for (const [name, json] of tables) await fs.writeFile(path.join(out, 'tables', `${name}.json`), json);
}
