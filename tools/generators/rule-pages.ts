import path from 'node:path';
import type { Rule } from '../../src/rules/rule.ts';
import { parseExpectLine, type RuleFixture, ruleFixtures } from '../../test/house/rule-fixtures.ts';
import type { Generator } from '../generate/generator.ts';
import { fenced, languageOf, tableRow } from '../generate/markdown.ts';
import { loadRules } from '../generate/rule-sources.ts';

/** `docs/rules/`: a page for each rule, showing the very fixtures its tests run, and a table of all. */
export const generator: Generator = {
  name: 'rule pages',
  owns: ['docs/rules'],
  async files(root) {
    const rules = await loadRules(root);
    const fixtures = ruleFixtures(root);
    const pages = new Map([['docs/rules/README.md', table(rules)]]);
    for (const rule of rules) {
      const find = (name: string) => {
        const found = fixtures.find((fixture) => fixture.rule === rule.id && fixture.name === name);
        if (!found) throw new Error(`${rule.id}: there is no folder test/rules/${rule.id}/${name}`);
        return found;
      };
      pages.set(
        path.posix.join('docs/rules', `${rule.id}.md`),
        page(rule, find(rule.examples.bad), find(rule.examples.good)),
      );
    }
    return pages;
  },
};

const notice = '<!-- Written by `npm run generate` from the rule and its tests; do not edit. -->';

function table(rules: readonly Rule[]): string {
  const parts = [
    notice,
    '# Rules',
    `${rules.length} rules. Severity says how bad it is when the fault bites, confidence how sure the rule is.`,
  ];
  for (const area of new Set(rules.map(areaOf))) {
    const rows = rules.filter((rule) => areaOf(rule) === area);
    parts.push(
      `## ${area}`,
      [
        tableRow(['Rule', 'Fault', 'Severity', 'Confidence', 'Default']),
        '|---|---|---|---|---|',
        ...rows.map((rule) =>
          tableRow([
            `[${rule.id}](${rule.id}.md)`,
            rule.summary,
            rule.severity,
            rule.confidence,
            rule.optIn ? 'off' : 'on',
          ]),
        ),
      ].join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function page(rule: Rule, bad: RuleFixture, good: RuleFixture): string {
  const facts: [string, string][] = [
    ['Severity', rule.severity],
    ['Confidence', rule.confidence],
    ['Since', rule.since],
    ['By default', rule.optIn ? 'off: ask for it by name' : 'on'],
  ];
  if (rule.drill) facts.push(['Proved by drill', `\`${rule.drill}\``]);
  if (rule.aliases.length > 0) facts.push(['Elsewhere', rule.aliases.map((alias) => `\`${alias}\``).join(', ')]);

  return `${[
    notice,
    `# ${rule.id}`,
    `**${rule.summary}**`,
    rule.why,
    [
      tableRow(facts.map(([name]) => name)),
      `|${'---|'.repeat(facts.length)}`,
      tableRow(facts.map(([, value]) => value)),
    ].join('\n'),
    '## Bad',
    ...project(bad),
    'Seaworthy says:',
    fenced('text', bad.expected.map((line) => shown(line, bad)).join('\n\n')),
    '## Good',
    ...project(good),
    '## To accept it',
    'Say why, on the line or above it:',
    fenced(areaOf(rule) === 'dockerfile' ? 'dockerfile' : 'yaml', `# seaworthy ignore: ${rule.id} -- the reason`),
    '## Sources',
    rule.sources.map((source) => `- <${source}>`).join('\n'),
  ].join('\n\n')}\n`;
}

function project(fixture: RuleFixture): string[] {
  return Object.entries(fixture.files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, text]) => [`\`${file}\``, fenced(languageOf(file), text.trimEnd() || '# (empty)')]);
}

/** The finding, the line it points at, and a caret under its column. */
function shown(expected: string, fixture: RuleFixture): string {
  const finding = parseExpectLine(expected);
  if (!finding) throw new Error(`${fixture.directory}/expect.txt: cannot read "${expected}"`);
  const source = fixture.files[finding.file]?.split('\n')[finding.line - 1]?.trimEnd();
  if (!source) return expected;
  const margin = `${finding.line}`.padStart(4);
  const indent = source.slice(0, finding.column - 1).replace(/[^\t]/g, ' ');
  return `${expected}\n${margin} | ${source}\n${' '.repeat(margin.length)} | ${indent}^`;
}

function areaOf(rule: Rule): string {
  return rule.id.slice(0, rule.id.indexOf('/'));
}
