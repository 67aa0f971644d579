import { renderRuleList } from '../../report/rules.ts';
import { allRules } from '../../rules/registry.ts';
import { type Command, oneText } from '../command.ts';
import { ExitCode } from '../exit-code.ts';
import { ruleCard } from '../rule-card.ts';

export const rules: Command = {
  name: 'rules',
  summary: 'List every rule',
  operands: '',
  flags: {
    format: { type: 'string', value: 'FORMAT', oneOf: ['text', 'json'], default: 'text', help: 'How to tell' },
  },
  examples: [
    { line: 'seaworthy rules', does: 'all rules, by area' },
    { line: 'seaworthy explain compose/unbounded-logs', does: 'one rule in full' },
  ],
  run({ out, values }) {
    const cards = allRules.map(ruleCard);
    if (oneText(values, 'format') === 'json') out.write(`${JSON.stringify(cards, null, 2)}\n`);
    else out.write(renderRuleList(cards, { color: out.color, width: out.width, unicode: out.unicode }));
    return ExitCode.Seaworthy;
  },
};
