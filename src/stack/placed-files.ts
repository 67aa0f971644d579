import { at, child, itemsOf, type Maybe, text } from '../model/compose/tree-access.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Asked } from './asked.ts';
import type { BuildPlan, MountBody, PlacedFile } from './plan.ts';
import { booleanAt, numberAt, textAt } from './values.ts';

/**
 * `secrets` and `configs` of a service: those of a `file` are mounted read-only, as Compose does (mode and owner are the
 * file's own); those of `environment` or `content` are texts to be put there.
 */
export function placedFiles(asked: Asked): { readonly mounts: MountBody[]; readonly files: PlacedFile[] } {
  const mounts: MountBody[] = [];
  const files: PlacedFile[] = [];
  for (const kind of ['secret', 'config'] as const)
    for (const item of itemsOf(child(asked.node, `${kind}s`))) {
      const key = textAt(item, 'source') ?? '';
      const target = targetOf(kind, key, textAt(item, 'target'));
      const declared = at(asked.root, [`${kind}s`, key]);
      const source = textAt(declared, 'file');
      if (source !== undefined && booleanAt(declared, 'external') !== true)
        mounts.push({ Type: 'bind', Source: source, Target: target, ReadOnly: true });
      else
        files.push({
          kind,
          key,
          target,
          text: textOf(asked, kind, key, declared, asked.place(item.span)),
          mode: numberAt(item, 'mode') ?? 0o444,
          uid: numberAt(item, 'uid') ?? 0,
          gid: numberAt(item, 'gid') ?? 0,
        });
    }
  return { mounts, files };
}

/** `build.secrets`: what the Dockerfile calls them is their target, else their name. */
export function buildSecrets(asked: Asked, build: Maybe): BuildPlan['secrets'] {
  return itemsOf(child(build, 'secrets')).map((item) => {
    const key = textAt(item, 'source') ?? '';
    const id = textAt(item, 'target') ?? key;
    const declared = at(asked.root, ['secrets', key]);
    const file = booleanAt(declared, 'external') === true ? undefined : textAt(declared, 'file');
    if (file !== undefined) return { id, file };
    return { id, text: textOf(asked, 'secret', key, declared, asked.place(item.span)) };
  });
}

function targetOf(kind: 'secret' | 'config', key: string, target: string | undefined): string {
  const folder = kind === 'secret' ? '/run/secrets/' : '/';
  if (target === undefined) return `${folder}${key}`;
  return target.startsWith('/') || /^[A-Za-z]:[\\/]/.test(target) ? target : `${folder}${target}`;
}

function textOf(asked: Asked, kind: 'secret' | 'config', key: string, declared: Maybe, place: string): string {
  const external = booleanAt(declared, 'external') === true;
  const content = external ? undefined : text(child(declared, 'content'));
  if (content !== undefined) return content;
  const variable = external ? undefined : textAt(declared, 'environment');
  const value = variable === undefined ? undefined : asked.variable(variable);
  const found = value ?? asked.standIn(kind, key);
  if (found !== undefined) return found;
  const what = external
    ? `is external: only Swarm keeps ${kind}s`
    : variable === undefined
      ? 'has no content'
      : `is taken from the variable ${variable}, which is not set`;
  throw new SeaworthyError('unsupported', `${place}: the ${kind} "${key}" ${what}`, {
    hint: variable === undefined ? 'Give it a `file` or `environment`.' : `Set ${variable}.`,
  });
}
