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
    const pages = new Map([['docs/rules/README.md', table(rules, fixtures)]]);
    for (const rule of rules) {
      const find = (name: string) => {
        const found = fixtures.find((fixture) => fixture.rule === rule.id && fixture.name === name);
        if (!found) throw new Error(`${rule.id}: there is no folder test/rules/${rule.id}/${name}`);
        return found;
      };
      pages.set(
        path.posix.join('docs/rules', `${rule.id}.md`),
        page(
          rule,
          fixtures.filter((fixture) => fixture.rule === rule.id),
          find(rule.examples.bad),
          find(rule.examples.good),
        ),
      );
    }
    return pages;
  },
};

const notice = '<!-- Written by `npm run generate` from the rule and its tests; do not edit. -->';

function table(rules: readonly Rule[], fixtures: readonly RuleFixture[]): string {
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
        tableRow(['Rule', 'Fault', 'Severity', 'Confidence', 'Default', 'Fix']),
        '|---|---|---|---|---|---|',
        ...rows.map((rule) =>
          tableRow([
            `[${rule.id}](${rule.id}.md)`,
            rule.summary,
            rule.severity,
            rule.confidence,
            rule.optIn ? 'off' : 'on',
            levelOf(
              rule,
              fixtures.filter((fixture) => fixture.rule === rule.id),
            ),
          ]),
        ),
      ].join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function page(rule: Rule, fixtures: readonly RuleFixture[], bad: RuleFixture, good: RuleFixture): string {
  const facts: [string, string][] = [
    ['Severity', rule.severity],
    ['Confidence', rule.confidence],
    ['Since', rule.since],
    ['By default', rule.optIn ? 'off: ask for it by name' : 'on'],
  ];
  facts.push(['`seaworthy fix`', levelOf(rule, fixtures)]);
  if (rule.drill) facts.push(['Proved by drill', `[${rule.drill}](../../drills/${rule.drill}.md)`]);
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
    ...mending(rule, fixtures, bad),
    '## Good',
    ...project(good),
    '## To accept it',
    'Say why, on the line or above it:',
    fenced(areaOf(rule) === 'dockerfile' ? 'dockerfile' : 'yaml', `# seaworthy ignore: ${rule.id} -- the reason`),
    '## Sources',
    rule.sources.map((source) => `- <${source}>`).join('\n'),
  ].join('\n\n')}\n`;
}

/** `safe`, `review` or both, as the fixtures show; else a person mends it. */
function levelOf(rule: Rule, fixtures: readonly RuleFixture[]): string {
  const levels = ['safe', 'review'].filter((level) => fixtures.some(({ mended }) => mended.startsWith(`# ${level}:`)));
  return levels.length > 0 ? levels.join(', ') : rule.policy ? '–' : 'by hand';
}

/** What the fix makes of the bad example, or of another one, or why there is none. */
function mending(rule: Rule, fixtures: readonly RuleFixture[], bad: RuleFixture): string[] {
  const shownOne = bad.mended === '' ? fixtures.find(({ mended }) => mended !== '') : bad;
  if (!shownOne) return rule.byHand === undefined ? [] : ['## Mended by hand', `It is left to you: ${rule.byHand}.`];
  const [head = '', ...diff] = shownOne.mended.split(/^(?=--- )/m);
  const titles = head
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace(/^# (\w+): (.*)$/, '- $2 ($1)'));
  const command = titles.some((title) => title.endsWith('(review)')) ? 'seaworthy fix --review' : 'seaworthy fix';
  return [
    '## Mended',
    `What \`${command}\` makes of ${shownOne === bad ? 'it' : 'a like one'}:`,
    titles.join('\n'),
    fenced('diff', diff.join('').trimEnd()),
  ];
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
