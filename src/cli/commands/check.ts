import { renderText } from '../../report/text.ts';
import { allRules } from '../../rules/registry.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { atLeast, type Severity, severities } from '../../vocabulary/severity.ts';
import type { Verdict } from '../../vocabulary/verdict.ts';
import { acceptFlags } from '../accept-flags.ts';
import { applyBaseline } from '../apply-baseline.ts';
import { type Call, type Command, isOn, oneText, texts } from '../command.ts';
import { ExitCode } from '../exit-code.ts';
import { formats } from '../formats.ts';
import { type Judged, judgeOperands } from '../judge-operands.ts';
import { jobsOf } from '../operand-jobs.ts';
import { projectFlags, resolveRules } from '../project-flags.ts';
import { ruleCard } from '../rule-card.ts';
import { version } from '../version.ts';

export const check: Command = {
  name: 'check',
  summary: 'Judge Dockerfiles and Compose projects; runs nothing',
  operands: '[PATH…]',
  flags: {
    ...projectFlags,
    format: {
      type: 'string',
      value: 'FORMAT',
      oneOf: ['text', ...Object.keys(formats)],
      default: 'text',
      help: 'How to tell',
    },
    checklist: { type: 'boolean', help: "Print the lessons' checklists, item by item, with evidence" },
    'fail-on': {
      type: 'string',
      value: 'SEVERITY',
      oneOf: [...severities, 'never'],
      default: 'medium',
      help: 'Exit with 1 from this severity on',
    },
    ...acceptFlags,
    'with-drills': {
      type: 'string',
      value: 'FILE',
      help: 'Settle the checklists with what drills have shown: a report of seaworthy drill --format json',
    },
    only: {
      type: 'string',
      value: 'RULE',
      multiple: true,
      help: 'Run only this rule (several times; an alias such as DL3002 will do)',
    },
    enable: {
      type: 'string',
      value: 'RULE',
      also: ['all'],
      multiple: true,
      help: 'Also run this opt-in rule; "all" for every one',
    },
    jobs: {
      type: 'string',
      short: 'j',
      value: 'N',
      help: 'Judge with so many threads; by default as many as there are cores once there are files enough',
    },
    watch: { type: 'boolean', help: 'Judge again when a file changes, until Ctrl-C' },
    verbose: { type: 'boolean', short: 'v', help: 'Show every finding; do not fold those that are alike' },
  },
  examples: [
    { line: 'seaworthy check', does: 'the projects in this directory and below' },
    { line: 'seaworthy check api/Dockerfile', does: 'one Dockerfile' },
    {
      line: 'seaworthy check -f compose.yaml -f compose.prod.yaml',
      does: 'Compose files merged, as docker compose would',
    },
    { line: 'cat Dockerfile | seaworthy check -', does: 'a Dockerfile or a Compose file from standard input' },
    { line: 'seaworthy check --checklist', does: "the lessons' seven checklists" },
    {
      line: 'seaworthy check --format html > verdict.html',
      does: 'one page that opens from disk, with the stack drawn',
    },
  ],
  notes: [
    'A PATH is a directory (every project below it), a Dockerfile, a Compose file, or - for standard input. Nothing in a project is executed, and no network is asked.',
  ],
  async run(call) {
    if (isOn(call.values, 'watch')) return watch(call);
    const judged = await judgeCall(call);
    call.out.write(await rendered(call, judged));
    return exitCode(judged.verdict, failOnOf(call, judged));
  },
};

/** Working out how each finding is mended takes a tenth of a cold check: only where somebody reads it. */
const showsFixes: ReadonlySet<string> = new Set(['json', 'sarif', 'html']);

async function judgeCall(call: Call): Promise<Judged> {
  const drilled = await proofOf(call);
  const judged = await judgeOperands(call, {
    ...(drilled ? { proof: drilled.proof } : {}),
    ...(texts(call.values, 'only').length > 0 ? { only: resolveRules(texts(call.values, 'only'), allRules) } : {}),
    optIn: resolveRules(texts(call.values, 'enable'), allRules),
    ...(showsFixes.has(oneText(call.values, 'format') ?? 'text') ? { fixes: 'shown' as const } : {}),
  });
  drilled?.refuseForeign(judged.verdict);
  return { ...judged, verdict: await applyBaseline(call, judged) };
}

async function proofOf(call: Call) {
  const name = oneText(call.values, 'with-drills');
  if (name === undefined) return undefined;
  const { proofIn } = await import('../proof-in.ts');
  return proofIn(call.cwd, name);
}

async function rendered(call: Call, judged: Judged): Promise<string> {
  const { verdict, sourceLine: sources, graphs } = judged;
  const { out } = call;
  const load = formats[oneText(call.values, 'format') ?? 'text'];
  if (load) {
    const render = await load();
    return render(verdict, {
      version,
      rules: allRules.map(ruleCard),
      sources,
      graphs,
      failOn: failOnOf(call, judged),
      // Code scanning would open an alert for each: https://github.com/github/codeql-action/issues/1230
      withoutSuppressed: call.env['GITHUB_ACTIONS'] === 'true',
    });
  }
  const page = { color: out.color, width: out.width, unicode: out.unicode };
  if (isOn(call.values, 'checklist')) {
    const { renderChecklists } = await import('../../report/checklist.ts');
    return renderChecklists(verdict.checklists, page);
  }
  return renderText(verdict, { ...page, sources, verbose: isOn(call.values, 'verbose') });
}

async function watch(call: Call): Promise<ExitCode> {
  const format = oneText(call.values, 'format') ?? 'text';
  if (format !== 'text' || call.operands.includes('-'))
    throw new SeaworthyError('usage', '--watch tells people of files: it takes no --format and no standard input', {
      hint: 'seaworthy check --watch',
    });
  if (oneText(call.values, 'write-baseline') !== undefined)
    throw new SeaworthyError('usage', '--watch writes no baseline: what it writes would be a change to watch', {
      hint: 'seaworthy check --write-baseline FILE',
    });
  const { watchCheck } = await import('../watch-check.ts');
  const roots = [...new Set(jobsOf(call).map(({ files }) => files.root))];
  return watchCheck(call, roots, async () => rendered(call, await judgeCall(call)));
}

function failOnOf(call: Call, { failOn }: Judged): Severity | 'never' {
  return (oneText(call.values, 'fail-on') ?? failOn ?? 'medium') as Severity | 'never';
}

function exitCode(verdict: Verdict, failOn: Severity | 'never'): ExitCode {
  if (verdict.failures.length > 0) return ExitCode.OurBug;
  if (verdict.files.length === 0)
    throw new SeaworthyError('unreadable', 'Nothing could be read', { hint: 'See what is listed as unread.' });
  if (failOn !== 'never' && verdict.findings.some((finding) => atLeast(finding.severity, failOn)))
    return ExitCode.NotSeaworthy;
  return ExitCode.Seaworthy;
}
