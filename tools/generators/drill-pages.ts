import type { Drill } from '../../src/drills/drill.ts';
import { allDrills } from '../../src/drills/registry.ts';
import { checklistItems } from '../../src/judge/checklists/items.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { Generator } from '../generate/generator.ts';
import { fenced, tableRow } from '../generate/markdown.ts';
import { loadRules } from '../generate/rule-sources.ts';

/** `docs/drills/`: a page for each drill, and a table of all. */
export const generator: Generator = {
  name: 'drill pages',
  owns: ['docs/drills'],
  async files(root) {
    const rules = await loadRules(root);
    const pages = new Map([['docs/drills/README.md', table()]]);
    for (const drill of allDrills) pages.set(`docs/drills/${drill.id}.md`, page(drill, rules));
    return pages;
  },
};

const notice = '<!-- Written by `npm run generate` from the drill itself; do not edit. -->';

function table(): string {
  return `${[
    notice,
    '# Drills',
    `${allDrills.length} drills. Each is a claim about a service, and a bounded experiment on a live engine that shows whether it holds. [Drilling](../drilling.md) tells how to run them, and what is never touched.`,
    [
      tableRow(['Drill', 'What it claims', 'Company']),
      '|---|---|---|',
      ...allDrills.map(({ id, claim, company }) => tableRow([`[${id}](${id}.md)`, claim, companyOf(company)])),
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function companyOf(company: Drill['company']): string {
  return company === 'alone' ? 'alone: it measures time' : 'beside others';
}

function page(drill: Drill, rules: readonly Rule[]): string {
  const { id, claim, why, experiment, sources } = drill;
  const named = rules.filter((rule) => rule.drill === id);
  const items = checklistItems.filter((item) => item.drill === id);
  return `${[
    notice,
    `# ${id}`,
    `**${claim}.**`,
    why,
    '## What it does',
    experiment,
    `It runs ${drill.company === 'alone' ? 'alone, since it measures time,' : 'beside others,'} on a copy of the project that is removed afterwards.${drill.attach === 'harmless' ? ' It only looks, so it may also be pointed at a running service.' : ''}`,
    '## To run it alone',
    fenced('sh', `seaworthy drill --only ${id}`),
    'To leave it out for one service, say why:',
    fenced('yaml', `services:\n  web:\n    x-seaworthy:\n      drill:\n        skip: { ${id}: the reason }`),
    ...(items.length > 0
      ? [
          '## What it settles',
          `Items of the [checklists](../lessons.md), with \`seaworthy check --with-drills\`:`,
          items.map((item) => `- ${item.id}: ${item.text}${noteOf(item)}`).join('\n'),
        ]
      : []),
    ...(named.length > 0
      ? [
          '## Rules that name it',
          named.map((rule) => `- [${rule.id}](../rules/${rule.id}.md): ${rule.summary}`).join('\n'),
        ]
      : []),
    '## Sources',
    sources.map((source) => `- <${source}>`).join('\n'),
  ].join('\n\n')}\n`;
}

function noteOf({ drillShowsPart, drillEvidence }: (typeof checklistItems)[number]): string {
  if (drillEvidence !== undefined) return ` (by its evidence "${drillEvidence}")`;
  return drillShowsPart ? ' (a part of it)' : '';
}
