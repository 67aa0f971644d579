import { expect, test } from 'vitest';
import { renderMissionRow, renderRule, renderRuleList } from '../../src/report/rules.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { RuleCard } from '../../src/vocabulary/rule-card.ts';

const logs: RuleCard = {
  id: 'compose/unbounded-logs',
  summary: 'Container logs can grow until the host disk is full',
  why: 'The json-file driver never rotates unless told to: max-size is unlimited by default, and when the disk is full all that runs on it stops.',
  sources: ['https://docs.docker.com/engine/logging/drivers/json-file/', 'https://example.org/second'],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN9'],
  aliases: ['kics:a', 'dclint:b'],
  drill: 'log-flood',
  exampleBad: 'services:\n  api:\n    image: x\n\n',
  exampleGood: 'services:\r\n\tapi: {}\r\n',
};
const open: RuleCard = {
  ...logs,
  id: 'compose/published-database',
  summary: 'A database is open to the network',
  severity: 'critical',
  mission: ['RUN12', 'RUN9'],
};
const taste: RuleCard = {
  ...logs,
  id: 'dockerfile/unsorted-packages',
  summary: 'Packages are not sorted',
  severity: 'low',
  optIn: true,
  mission: [],
};
const page = { color: false, width: 80 };

test('every Rule is a card', () => {
  const cardOf = (rule: Rule): RuleCard => rule;
  expect(cardOf).toBeTypeOf('function');
});

test('the list: by area, the worst first', () => {
  expect(renderRuleList([taste, logs, open], page)).toBe(`compose: 2 rules
  critical  compose/published-database
            A database is open to the network
  high      compose/unbounded-logs
            Container logs can grow until the host disk is full

dockerfile: 1 rule
  low       dockerfile/unsorted-packages  (off unless asked for)
            Packages are not sorted

3 rules, 1 of them off unless asked for.
Try: seaworthy explain compose/published-database
`);
  expect(renderRuleList([], page)).toBe('There are no rules.\n');
});

test('one rule, with its examples as they stand in a file', () => {
  expect(renderRule(logs, page)).toBe(`compose/unbounded-logs
Container logs can grow until the host disk is full
high, likely, since 0.1.0

The json-file driver never rotates unless told to: max-size is unlimited by
default, and when the disk is full all that runs on it stops.

answers   RUN9
also      kics:a, dclint:b
proof     the drill log-flood, on a live engine
sources   https://docs.docker.com/engine/logging/drivers/json-file/
          https://example.org/second

Such a file has it:

    services:
      api:
        image: x

Such a file does not:

    services:
        api: {}
`);
});

test('one rule without what it may lack', () => {
  const { drill: _, exampleBad: __, exampleGood: ___, ...bare } = { ...taste, aliases: [], sources: [] };
  expect(renderRule(bare, page)).toBe(`dockerfile/unsorted-packages
Packages are not sorted
low, likely, off unless asked for, since 0.1.0

The json-file driver never rotates unless told to: max-size is unlimited by
default, and when the disk is full all that runs on it stops.
`);
});

test('a row of the mission', () => {
  expect(renderMissionRow('RUN9', [logs, taste, open], page)).toBe(`RUN9 is answered by 2 rules
  critical  compose/published-database
            A database is open to the network
  high      compose/unbounded-logs
            Container logs can grow until the host disk is full
`);
  expect(renderMissionRow('RUN99', [logs], page)).toBe('No rule answers RUN99.\n');
});

test('in colour', () => {
  const text = renderRule(logs, { color: true, width: 80 }).replaceAll('\u001b', 'ESC');
  expect(text).toContain('\nESC[31mhighESC[0m, likely, since 0.1.0\n');
});
