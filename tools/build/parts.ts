import fs from 'node:fs';
import path from 'node:path';

/**
 * A part of the program that many runs do without: a chunk of its own, loaded when one of its functions is first called.
 * The importing code stays as it is, and synchronous; only functions can be had from such a module, since each
 * is replaced by one that loads the part and calls the real one.
 */
export interface Part {
  readonly name: string;
  /** The modules by which the rest of the program enters it; what only they need goes with them. */
  readonly modules: readonly string[];
  /** Folders of rules: the registry gets stand-ins with their metadata. */
  readonly rules?: string;
}

const root = path.resolve(import.meta.dirname, '../../src');
const at = (...modules: string[]) => modules.map((module) => path.join(root, module));

/** A lone Dockerfile needs no Compose loader, a Compose file without builds no reader of Dockerfiles. */
export const parts: readonly Part[] = [
  {
    name: 'compose',
    // Beside the loader, what drilling asks of the loaded model.
    modules: at('model/compose/load.ts', 'model/compose/plain.ts', 'model/compose/project-name.ts'),
    rules: path.join(root, 'rules/compose'),
  },
  {
    name: 'dockerfile',
    modules: at('model/dockerfile/build-dockerfile.ts'),
    rules: path.join(root, 'rules/dockerfile'),
  },
  {
    name: 'checklists',
    modules: at('judge/checklists/judge-checklists.ts', 'judge/checklists/accepted.ts', 'judge/checklists/proved.ts'),
  },
  { name: 'yaml-tree', modules: at('read/yaml/parse.ts') },
  // How findings are mended, which `check` does not ask.
  { name: 'cures', modules: cures() },
];

function cures(): string[] {
  const folder = path.join(root, 'cures');
  // What lies in a folder below is of use to cures only.
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}
