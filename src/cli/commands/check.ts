import { allRules } from '../../rules/registry.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { atLeast, type Severity, severities } from '../../vocabulary/severity.ts';
import type { Verdict } from '../../vocabulary/verdict.ts';
import { type Call, type Command, isOn, oneText, texts } from '../command.ts';
import { ExitCode } from '../exit-code.ts';
import { type Judged, judgeOperands } from '../judge-operands.ts';
import { projectFlags, resolveRules } from '../project-flags.ts';
import { ruleCard } from '../rule-card.ts';
import { version } from '../version.ts';

export const check: Command = {
  name: 'check',
  summary: 'Judge Dockerfiles and Compose projects; runs nothing',
  operands: '[PATH…]',
  flags: {
    ...projectFlags,
    format: { type: 'string', value: 'FORMAT', oneOf: ['text', 'json', 'html'], default: 'text', help: 'How to tell' },
    checklist: { type: 'boolean', help: "Print the lessons' checklists, item by item, with evidence" },
    'fail-on': {
      type: 'string',
      value: 'SEVERITY',
      oneOf: [...severities, 'never'],
      default: 'medium',
      help: 'Exit with 1 from this severity on',
    },
    only: {
      type: 'string',
      value: 'RULE',
      multiple: true,
      help: 'Run only this rule (several times; an alias such as DL3002 will do)',
    },
    enable: { type: 'string', value: 'RULE', multiple: true, help: 'Also run this opt-in rule' },
    verbose: { type: 'boolean', short: 'v', help: 'Show every finding; do not fold those that are alike' },
  },
  examples: [
    { line: 'seaworthy check', does: 'the project in this directory' },
    { line: 'seaworthy check api/Dockerfile', does: 'one Dockerfile' },
    {
      line: 'seaworthy check -f compose.yaml -f compose.prod.yaml',
      does: 'Compose files merged, as docker compose would',
    },
    { line: 'cat Dockerfile | seaworthy check -', does: 'a Dockerfile or a Compose file from standard input' },
    { line: 'seaworthy check --checklist', does: "the lessons' seven checklists" },
  ],
  notes: [
    'A PATH is a directory (a project), a Dockerfile, a Compose file, or - for standard input. Nothing in a project is executed, and no network is asked.',
  ],
  run(call) {
    const format = oneText(call.values, 'format') ?? 'text';
    const failOn = oneText(call.values, 'fail-on') ?? 'medium';
    const judged = judgeOperands(call, {
      ...(texts(call.values, 'only').length > 0 ? { only: resolveRules(texts(call.values, 'only'), allRules) } : {}),
      optIn: resolveRules(texts(call.values, 'enable'), allRules),
    });
    return tell(call, judged, format).then(() => exitCode(judged.verdict, failOn));
  },
};

async function tell(call: Call, judged: Judged, format: string): Promise<void> {
  const { out } = call;
  const { verdict, sourceLine: sources } = judged;
  if (format === 'json') {
    const { renderJson } = await import('../../report/json.ts');
    out.write(renderJson(verdict, { version }));
    return;
  }
  if (format === 'html') {
    const { renderHtml } = await import('../../report/html.ts');
    const rules = allRules.map(ruleCard);
    out.write(renderHtml(verdict, { version, rules, sources, graphs: judged.stackGraphs() }));
    return;
  }
  const page = { color: out.color, width: out.width, unicode: out.unicode };
  if (isOn(call.values, 'checklist')) {
    const { renderChecklists } = await import('../../report/checklist.ts');
    out.write(renderChecklists(verdict.checklists, page));
    return;
  }
  const { renderText } = await import('../../report/text.ts');
  out.write(renderText(verdict, { ...page, sources, verbose: isOn(call.values, 'verbose') }));
}

function exitCode(verdict: Verdict, failOn: string): ExitCode {
  if (verdict.failures.length > 0) return ExitCode.OurBug;
  if (verdict.files.length === 0)
    throw new SeaworthyError('unreadable', 'Nothing could be read', { hint: 'See what is listed as unread.' });
  if (failOn !== 'never' && verdict.findings.some((finding) => atLeast(finding.severity, failOn as Severity)))
    return ExitCode.NotSeaworthy;
  return ExitCode.Seaworthy;
}
