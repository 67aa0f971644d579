import fs from 'node:fs';
import path from 'node:path';

/** What the Dockerfiles and Compose files below a folder name as images, for `standInFor`. Stages are among them. */
export function imagesNamedIn(folder: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/dockerfile$|\.ya?ml$/i.test(entry.name)) continue;
    const text = fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
    for (const [, name] of text.matchAll(/^\s*(?:FROM\s+(?:--\S+\s+)*|COPY\s+--from=|image:\s*["']?)([\w./:-]+)/gim))
      if (name) names.add(name);
  }
  return names;
}
