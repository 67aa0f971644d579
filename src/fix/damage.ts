import { type Json, toPlain } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import { parseDockerfile } from '../read/dockerfile/parse.ts';
import type { DockerfileTree } from '../read/dockerfile/tree.ts';
import { parseYaml } from '../read/yaml/parse.ts';
import type { Fault } from '../vocabulary/fault.ts';
import type { Edit } from '../vocabulary/fix.ts';
import { movedTo } from './apply-edits.ts';

/** One file before and after. */
export interface ChangedText {
  readonly old: string;
  readonly new: string;
  readonly edits: readonly Edit[];
}

/**
 * What an edit must never do, looked at after it was made: lose a comment, change an instruction or attribute that it
 * did not name, make a file unreadable or Compose refuse it. A sentence, or undefined where all is well.
 */
export function damageTo(
  before: Project,
  after: Project,
  changed: ReadonlyMap<string, ChangedText>,
  sets: readonly string[],
): string | undefined {
  for (const [file, texts] of changed) {
    const found = isYaml(file, before)
      ? yamlDamage(texts.old, texts.new, file)
      : isDockerfile(file, before)
        ? dockerfileDamage(texts, file)
        : undefined;
    if (found) return found;
  }
  const refused = newFaults(before.compose?.faults ?? [], after.compose?.faults ?? []);
  if (refused) return `Compose would refuse the file: ${refused.message}`;
  return modelDamage(before, after, sets);
}

function isYaml(file: string, project: Project): boolean {
  return /\.ya?ml$/i.test(file) || project.compose?.files.includes(file) === true;
}

function isDockerfile(file: string, project: Project): boolean {
  return project.dockerfiles.some((dockerfile) => dockerfile.file === file);
}

function yamlDamage(old: string, fresh: string, file: string): string | undefined {
  const before = parseYaml(old, file);
  const after = parseYaml(fresh, file);
  if (after.faults.length > before.faults.length)
    return `the file could no longer be read: ${after.faults[0]?.message}`;
  return lostComment(before.comments, after.comments);
}

/** Instructions outside every edit must stand there as they did. */
function dockerfileDamage(texts: ChangedText, file: string): string | undefined {
  const before = parseDockerfile(texts.old, file);
  const after = parseDockerfile(texts.new, file);
  if (after.faults.length > before.faults.length)
    return `BuildKit would refuse the file: ${after.faults.at(-1)?.message}`;
  const starts = new Map(after.instructions.map((instruction) => [instruction.span.start, instruction]));
  for (const { span } of before.instructions) {
    if (texts.edits.some((edit) => edit.span.start < span.end && edit.span.end > span.start)) continue;
    // An insertion inside changes the instruction: that is what it is for.
    if (texts.edits.some((edit) => edit.span.start > span.start && edit.span.start < span.end)) continue;
    const moved = movedTo(span.start, texts.edits);
    const now = moved === undefined ? undefined : starts.get(moved);
    const grown = texts.edits.filter(
      (edit) => edit.span.start === span.end && edit.span.end === span.end && !/^\r?\n/.test(edit.text),
    );
    if (grown.length > 0) continue;
    if (!now || textOf(after, now) !== texts.old.slice(span.start, span.end))
      return 'it would change another instruction';
  }
  return lostComment(before.comments, after.comments);
}

function textOf(
  tree: DockerfileTree,
  { span }: { readonly span: { readonly start: number; readonly end: number } },
): string {
  return tree.text.slice(span.start, span.end);
}

function lostComment(
  before: readonly { readonly text: string }[],
  after: readonly { readonly text: string }[],
): string | undefined {
  const left = new Map<string, number>();
  for (const { text } of after) left.set(text, (left.get(text) ?? 0) + 1);
  for (const { text } of before) {
    const count = left.get(text) ?? 0;
    if (count === 0) return 'a comment stands in the middle of what would change';
    left.set(text, count - 1);
  }
  return undefined;
}

function newFaults(before: readonly Fault[], after: readonly Fault[]): Fault | undefined {
  const known = new Map<string, number>();
  for (const { code, refused } of before) if (refused) known.set(code, (known.get(code) ?? 0) + 1);
  for (const fault of after) {
    if (!fault.refused) continue;
    const count = known.get(fault.code) ?? 0;
    if (count === 0) return fault;
    known.set(fault.code, count - 1);
  }
  return undefined;
}

/** The merged model may differ only below the attributes that the edits name. */
function modelDamage(before: Project, after: Project, sets: readonly string[]): string | undefined {
  if (!before.compose || !after.compose)
    return before.compose === after.compose ? undefined : 'the Compose file would be lost';
  const open = new Set(sets);
  const difference = firstDifference(toPlain(before.compose.root), toPlain(after.compose.root), [], open);
  return difference === undefined ? undefined : `it would also change ${difference}`;
}

function firstDifference(
  first: Json | undefined,
  second: Json | undefined,
  path: readonly string[],
  open: ReadonlySet<string>,
): string | undefined {
  if (path.length > 0 && open.has(path.join('.'))) return undefined;
  if (first === second) return undefined;
  if (isMap(first) && isMap(second)) {
    for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
      const found = firstDifference(first[key], second[key], [...path, key], open);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  // A mapping that is new, all of which was meant to be.
  if ((first === undefined && isMap(second)) || (second === undefined && isMap(first))) {
    const prefix = `${path.join('.')}.`;
    const map = (first ?? second) as { readonly [key: string]: Json };
    if (
      [...open].some((name) => name.startsWith(prefix)) &&
      Object.keys(map).every((key) => firstDifference(undefined, map[key], [...path, key], open) === undefined)
    )
      return undefined;
  }
  return JSON.stringify(first) === JSON.stringify(second) ? undefined : path.join('.') || 'the project';
}

function isMap(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
