import { type Json, toPlain } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import { baseName, isAbsolutePath, normalizePath } from '../read/paths.ts';

/** Whether a file of the project is there to hold a secret: one that Compose's `secrets` name, or an env file. */
export function isSecretFile(file: string, project: Project): boolean {
  if (/^\.env(?:\.|$)/.test(baseName(file))) return true;
  const secrets = asMap(asMap(project.compose && toPlain(project.compose.root))?.['secrets']);
  return Object.values(secrets ?? {}).some((secret) => {
    const path = asMap(secret)?.['file'];
    return typeof path === 'string' && isSame(path, file, project);
  });
}

/** Compose may have made the path absolute. */
function isSame(path: string, file: string, project: Project): boolean {
  const normal = normalizePath(path);
  if (!isAbsolutePath(normal)) return normal === normalizePath(file);
  return normal === normalizePath(`${project.files.root}/${file}`) || normal.endsWith(`/${normalizePath(file)}`);
}

function asMap(value: Json | undefined): { readonly [key: string]: Json } | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : undefined;
}
