import type { Generator } from '../generate/generator.ts';
import { ruleSources } from '../generate/rule-sources.ts';

/** `src/rules/registry.ts`: imports every rule. */
export const generator: Generator = {
  name: 'rule registry',
  owns: [],
  async files(root) {
    const rules = ruleSources(root);
    // biome sorts imports by path, and two areas may hold a rule of the same name.
    const name = (id: string, exportName: string) =>
      rules.some((other) => other.exportName === exportName && other.id !== id)
        ? `${exportName}In${id[0]!.toUpperCase()}${id.slice(1, id.indexOf('/'))}`
        : exportName;
    const lines = [
      '// Written by `npm run generate` from the files beside it; do not edit.',
      ...rules.map(({ id, exportName, specifier }) => {
        const local = name(id, exportName);
        return `import { ${local === exportName ? local : `${exportName} as ${local}`} } from '${specifier}';`;
      }),
      "import type { Rule } from './rule.ts';",
      '',
      '/** Every rule, sorted by id. */',
      `export const allRules: readonly Rule[] = [${rules.map(({ id, exportName }) => name(id, exportName)).join(', ')}];`,
    ];
    return new Map([['src/rules/registry.ts', `${lines.join('\n')}\n`]]);
  },
};
