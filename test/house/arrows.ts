import { builtinModules } from 'node:module';
import path from 'node:path';
import { transformSync } from 'esbuild';

/** Who may import whom: a room is a folder of `src/`, or a file that lies there directly. Every room may import itself. */
export type Arrows = Readonly<Record<string, readonly string[]>>;

export interface House {
  readonly arrows: Arrows;
  /** Rooms that may touch files, network, processes. */
  readonly outdoors: readonly string[];
  /** Rooms that may use `process` and `console`. */
  readonly terminal: readonly string[];
  readonly dependencies: readonly string[];
}

const world = [
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'fs',
  'http',
  'http2',
  'https',
  'net',
  'os',
  'tls',
  'worker_threads',
];

/**
 * Faults of a source tree, one line each; `files` maps paths under `src/` (`read/text.ts`) to their texts. Type-only
 * imports count too: an arrow is about what a reader must know, not about what is loaded.
 */
export function arrowFaults(house: House, files: Readonly<Record<string, string>>): string[] {
  const faults: string[] = [];
  const users = new Map<string, string[]>(house.dependencies.map((name) => [name, []]));

  for (const [file, text] of Object.entries(files)) {
    const room = roomOf(file);
    const allowed = house.arrows[room];
    if (!allowed) {
      faults.push(`${file}: "${room}" is no room of the table`);
      continue;
    }
    for (const specifier of importsOf(text)) {
      const fault = specifier.startsWith('.')
        ? indoors(file, room, allowed, specifier)
        : outdoors(house, file, room, users, specifier);
      if (fault) faults.push(`${file}: ${fault}`);
    }
    if (!house.terminal.includes(room))
      for (const name of globalsOf(text))
        faults.push(`${file}: uses ${name}, which belongs to ${house.terminal.join(', ')}`);
  }
  for (const [name, by] of users)
    if (by.length !== 1)
      faults.push(`package.json: ${name} is imported by ${by.length} files (${by.join(', ')}), not by one`);
  return faults;
}

/** What a file imports: static, `export … from`, dynamic, types. A dynamic import of something computed is `?`. */
export function importsOf(text: string): string[] {
  // Only comments that begin a line: `'src/**/*.ts'` inside a string is none.
  const code = text.replace(/^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm, '');
  const found: string[] = [];
  for (const match of code.matchAll(/^(?:import|export)\b(?:[^'"`;=()]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm))
    found.push(match[1]!);
  for (const match of code.matchAll(/\b(?:import|require)\(\s*(?:(['"`])([^'"`\n]+)\1|[^)'"`\s])/g))
    found.push(match[2] ?? '?');
  return found;
}

function indoors(file: string, room: string, allowed: readonly string[], specifier: string): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (target === '../package.json') return undefined;
  if (target.startsWith('..')) return `imports ${specifier}, which is outside src/`;
  const to = roomOf(target);
  if (to !== room && !allowed.includes(to)) return `${room} may not import ${to} (${specifier})`;
  return undefined;
}

function outdoors(house: House, file: string, room: string, users: Map<string, string[]>, specifier: string) {
  if (specifier === '?') return 'imports something computed at run time, which no bundler can follow';
  if (specifier.startsWith('node:')) {
    const name = specifier.slice('node:'.length).split('/')[0]!;
    if (['process', 'console'].includes(name) && !house.terminal.includes(room))
      return `${room} may not import ${specifier}`;
    if (world.includes(name) && !house.outdoors.includes(room)) return `${room} may not touch the world (${specifier})`;
    return undefined;
  }
  if (builtinModules.includes(specifier)) return `write node:${specifier}`;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const by = users.get(name);
  if (!by) return `imports ${name}, which is no dependency of package.json`;
  if (!by.includes(file)) by.push(file);
  return undefined;
}

/** esbuild replaces a name by `define` only where it is the global one: not a property, a string or a local variable. */
function globalsOf(text: string): string[] {
  const define = { process: '__global_process', console: '__global_console' };
  const { code } = transformSync(text, {
    loader: 'ts',
    define: { ...define, 'globalThis.process': define.process, 'globalThis.console': define.console },
  });
  return Object.keys(define).filter((name) => code.includes(`__global_${name}`));
}

function roomOf(file: string): string {
  return file.split('/')[0]!;
}
