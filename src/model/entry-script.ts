import { withoutEndSlashes } from '../vocabulary/path-end.ts';
import type { Span } from '../vocabulary/span.ts';
import { scriptCommands } from './dockerfile/run-commands.ts';
import { programOf, type ShellCommand } from './image/programs.ts';
import type { Project } from './project.ts';
import type { Service } from './service.ts';

/** The shell script that is PID 1, where the build copies it from its context. */
export interface EntryScript {
  /** Its path in the build context: `docker/entrypoint.sh`. */
  readonly path: string;
  readonly text: string;
  /** Its commands; spans are offsets in `text`, of no file of the project. */
  readonly commands: readonly ShellCommand[];
  /** False when some of it could not be read as shell. */
  readonly certain: boolean;
}

// A script that people write by hand is far smaller; a larger file is a program in disguise.
const longestScript = 200_000;
const searchPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Undefined where PID 1 is no script, or the script is not a file of the build context. */
export function entryScript(service: Service, project: Project): EntryScript | undefined {
  // Several rules ask, and a service belongs to one project.
  if (!known.has(service)) known.set(service, readEntryScript(service, project));
  return known.get(service);
}

const known = new WeakMap<Service, EntryScript | undefined>();

function readEntryScript(service: Service, project: Project): EntryScript | undefined {
  const first = ownCommand(service);
  const dockerfile = service.build?.dockerfile;
  const context = dockerfile && project.contextOf(dockerfile);
  if (!first || !context || !service.image.stage) return undefined;
  for (const path of imagePaths(first, service.workdir?.value)) {
    const source = sourceOf(service, path, (name) => context.kind(name) === 'file');
    const text = source === undefined ? undefined : context.text(source);
    if (source === undefined || text === undefined || text.length > longestScript) continue;
    if (!/^#!.*\b(?:ba|da|a|z|k)?sh\b/.test(text) && !source.endsWith('.sh')) return undefined;
    const where = (start: number, end: number): Span => ({ file: source, start, end });
    return { path: source, text, ...scriptCommands(text, where) };
  }
  return undefined;
}

/** A small file of the build context that lies at this path of the image. */
export function copiedText(
  service: Service,
  project: Project,
  path: string,
): { readonly path: string; readonly text: string } | undefined {
  const dockerfile = service.build?.dockerfile;
  const context = dockerfile && project.contextOf(dockerfile);
  if (!context || !service.image.stage) return undefined;
  const source = sourceOf(service, path, (name) => context.kind(name) === 'file');
  const text = source === undefined ? undefined : context.text(source);
  return source === undefined || text === undefined || text.length > longestScript ? undefined : { path: source, text };
}

/** PID 1's command as the project writes it: a base image's entrypoint script ends in `exec "$@"`, so it gives way. */
export function ownCommand(service: Service): ShellCommand | undefined {
  const { entrypoint, commands } = service.process;
  const [first] = commands;
  const own = entrypoint?.value?.words.length ?? 0;
  if (!first || entrypoint?.from.kind !== 'base-image' || own === 0 || own >= first.words.length) return first;
  const isScript = /entrypoint|\.sh$/.test(first.words[0]?.text ?? '');
  if (!isScript) return first;
  const words = first.words.slice(own);
  const name = words[0]?.text.split('/').at(-1);
  return { ...first, words, name: name === '' ? undefined : name };
}

/** Where in the image the script may lie: a bare name is looked for on PATH. */
function imagePaths(command: ShellCommand, workdir: string | undefined): string[] {
  const program = programOf(command);
  const isShell = ['sh', 'bash', 'ash', 'dash'].includes(program.name ?? '');
  const { operands, flags } = program.options();
  const word = isShell && !flags.has('-c') ? operands[0] : program.path;
  if (!word?.literal) return [];
  const { text } = word;
  if (text.startsWith('/')) return [text];
  const here = `${workdir === undefined || workdir === '/' ? '' : workdir}/${text.replace(/^(?:\.\/)+/, '')}`;
  return text.includes('/') || isShell ? [here] : searchPath.map((folder) => `${folder}/${text}`);
}

/** The file of the context that the last COPY or ADD puts at this path. */
function sourceOf(service: Service, path: string, exists: (name: string) => boolean): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (const effect of service.image.files.toReversed()) {
    if (effect.source === undefined || effect.fromStage !== undefined || effect.source.includes('*')) continue;
    const source = withoutEndSlashes(effect.source.replace(/^(?:\.?\/)+/, ''));
    const folder = effect.path === '/' ? '' : effect.path;
    const candidates =
      effect.path === path
        ? [source]
        : path.startsWith(`${folder}/`)
          ? [joined(source, path.slice(folder.length + 1)), ...(source.endsWith(name) ? [source] : [])]
          : [];
    const found = candidates.find((candidate) => candidate !== '' && candidate !== '.' && exists(candidate));
    if (found !== undefined) return found;
  }
  return undefined;
}

function joined(folder: string, rest: string): string {
  return folder === '' || folder === '.' ? rest : `${folder}/${rest}`;
}
