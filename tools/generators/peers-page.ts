import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '../../src/rules/rule.ts';
import type { Generator } from '../generate/generator.ts';
import { peerChecks, whyNot } from '../generate/peer-checks.ts';

/** `docs/peers.md`: for every check of other tools, ours, or why not. An id with neither stops the build of the page. */
export const generator: Generator = {
  name: 'peers page',
  owns: [],
  async files(root) {
    const registry = path.join(root, 'src/rules/registry.ts');
    const { allRules }: { allRules: readonly Rule[] } = await import(pathToFileURL(registry).href);
    const ours = new Map<string, string[]>();
    for (const rule of allRules)
      for (const alias of rule.aliases) ours.set(alias, [...(ours.get(alias) ?? []), link(rule)]);
    const listed = new Set(peerChecks.flatMap((one) => one.ids));
    const lines = [
      '# Other tools and Seaworthy',
      '',
      'Written by `npm run generate` from the `aliases` of the rules; do not edit. For every check of other tools that we',
      `know of: the rule of ours that answers it, or why there is none. ${ours.size} ids are answered.`,
      '',
    ];
    for (const section of new Set(peerChecks.map((one) => one.section))) {
      lines.push(`## ${section}`, '', '| check | their id | ours |', '|---|---|---|');
      for (const { check, ids } of peerChecks.filter((one) => one.section === section))
        for (const id of ids) lines.push(`| ${cell(check)} | \`${id}\` | ${answer(id, ours)} |`);
      lines.push('');
    }
    const more = [...ours.keys()].filter((id) => !listed.has(id)).sort();
    if (more.length > 0) {
      lines.push('## Also answered', '', '| their id | ours |', '|---|---|');
      for (const id of more) lines.push(`| \`${id}\` | ${answer(id, ours)} |`);
      lines.push('');
    }
    return new Map([['docs/peers.md', `${lines.join('\n').trimEnd()}\n`]]);
  },
};

function link(rule: Rule): string {
  return `[${rule.id}](rules/${rule.id}.md)${rule.optIn ? ' (opt-in)' : ''}`;
}

function answer(id: string, ours: ReadonlyMap<string, readonly string[]>): string {
  const rules = ours.get(id);
  if (rules) return rules.join(', ');
  const reason = whyNot[id];
  if (reason === undefined)
    throw new Error(`${id} is answered by no rule, and tools/generate/peer-checks.ts does not say why`);
  return `none: ${reason}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
