import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '../../src/rules/rule.ts';

/** A file of `src/rules/<area>/`, and the name its one export must have. */
export interface RuleSource {
  /** `compose/unbounded-logs` */
  readonly id: string;
  /** `unboundedLogs` */
  readonly exportName: string;
  /** `./compose/unbounded-logs.ts`, as seen from `src/rules/`. */
  readonly specifier: string;
}

export const ruleAreas = ['compose', 'dockerfile', 'project'] as const;

/** All rules, sorted by id: found by their files, so that adding one touches no shared list. */
export function ruleSources(root: string): RuleSource[] {
  const sources: RuleSource[] = [];
  for (const area of ruleAreas) {
    const folder = path.join(root, 'src/rules', area);
    if (!fs.existsSync(folder)) continue;
    for (const file of fs.readdirSync(folder)) {
      if (!file.endsWith('.ts'))
        throw new Error(`src/rules/${area}/${file}: only rules belong here, one .ts file each`);
      const name = file.slice(0, -'.ts'.length);
      const exportName = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      const text = fs.readFileSync(path.join(folder, file), 'utf8');
      if (!new RegExp(`^export const ${exportName}: Rule = `, 'm').test(text))
        throw new Error(`src/rules/${area}/${file}: expected "export const ${exportName}: Rule = {…}"`);
      sources.push({ id: `${area}/${name}`, exportName, specifier: `./${area}/${file}` });
    }
  }
  return sources.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The rules themselves, from their files and not from the registry, which may not be written yet. */
export function loadRules(root: string): Promise<Rule[]> {
  return Promise.all(
    ruleSources(root).map(async ({ id, exportName, specifier }) => {
      const loaded: Record<string, Rule> = await import(pathToFileURL(path.join(root, 'src/rules', specifier)).href);
      const rule = loaded[exportName];
      if (rule?.id !== id) throw new Error(`src/rules/${specifier}: its id is "${rule?.id}", its file says "${id}"`);
      return rule;
    }),
  );
}
