import type { Finding } from '../vocabulary/finding.ts';
import type { Severity } from '../vocabulary/severity.ts';
import type { Format } from './format.ts';
import { count } from './listed.ts';
import { severityText, tallyFindings } from './tally.ts';
import { visible } from './visible.ts';
import { worstFirst } from './worst-first.ts';

type Level = 'error' | 'warning' | 'notice';

const levels: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

/** GitHub shows as many annotations of each kind for a step, and puts the rest in the log only. */
const shownOfEachKind = 10;

/**
 * Workflow commands of GitHub Actions, which become annotations on the changed lines:
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions. Worst first, since only the first
 * ten of each kind are shown; what could not be looked at comes before any finding. One command per line; the last line
 * is none, but the count for the log.
 */
export const renderGithub: Format = (verdict) => {
  const told = worstFirst(verdict.findings);
  const over = (['error', 'warning', 'notice'] as const).some(
    (level) => told.filter((finding) => levels[finding.severity] === level).length > shownOfEachKind,
  );
  const tally = severityText(tallyFindings(verdict.findings));
  const counts = tally === '' ? 'No findings' : `${count(told.length, 'finding')}: ${tally}`;
  const files = `in ${count(verdict.files.length, 'file')}`;
  const lines = [
    ...verdict.failures.map(({ rule, message }) =>
      command('error', { title: 'A bug in seaworthy' }, `${rule}: ${message}`),
    ),
    ...verdict.unread.map(({ path, reason }) => command('warning', { title: 'Not looked at' }, `${path}: ${reason}`)),
    ...told.map(findingCommand),
    `seaworthy: ${counts} ${files}${over ? `; GitHub shows the first ${shownOfEachKind} of each kind as annotations` : ''}`,
  ];
  return `${lines.join('\n')}\n`;
};

function findingCommand(finding: Finding): string {
  const { start, end } = finding.span;
  const isOneLine = start.line === end.line && end.column > start.column;
  return command(
    levels[finding.severity],
    {
      ...(finding.file === ''
        ? {}
        : {
            file: finding.file,
            line: String(start.line),
            endLine: String(Math.max(start.line, end.line)),
            col: String(start.column),
            // GitHub refuses columns of a span over several lines; its last column belongs to the span.
            ...(isOneLine ? { endColumn: String(end.column - 1) } : {}),
          }),
      title: visible(`${finding.rule} (${finding.severity}${isSure(finding) ? '' : `, ${finding.confidence}`})`),
    },
    finding.message,
  );
}

function isSure(finding: Finding): boolean {
  return finding.confidence === 'certain';
}

function command(level: Level, properties: Readonly<Record<string, string>>, message: string): string {
  const told = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${level}${told.length > 0 ? ` ${told.join(',')}` : ''}::${escapeData(visible(message))}`;
}

/** As GitHub's own toolkit escapes: the runner undoes exactly this. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
