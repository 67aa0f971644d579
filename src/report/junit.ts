import type { Finding } from '../vocabulary/finding.ts';
import { atLeast } from '../vocabulary/severity.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import { groupFindings } from './finding-groups.ts';
import type { Format, FormatExtras } from './format.ts';
import { xmlAttributes as attributes, xmlText } from './xml-text.ts';

interface Case {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly outcome?: { readonly kind: 'failure' | 'error' | 'skipped' | 'system-out'; readonly xml: string };
}

/**
 * JUnit XML, as Jenkins and GitLab read it (https://github.com/testmoapp/junitxml describes what tools agree on): a
 * suite for each service or file, a case for each finding. A finding below the threshold is a passed case that says
 * what was found, so that the report and the exit code agree. A service or file without findings is one passed case;
 * what could not be looked at is skipped, and a rule that broke is an error.
 */
export const renderJunit: Format = (verdict, extras) => {
  const suites = [...findingSuites(verdict, extras), ...calmSuites(verdict), ...ownSuites(verdict)];
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: `seaworthy ${extras.version}`, ...numbers(all) })}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite ${attributes({ name, ...numbers(cases) })}>`,
      ...cases.map((one) => caseXml(name, one)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
};

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

function findingSuites(verdict: Verdict, extras: FormatExtras): Suite[] {
  const why = new Map(extras.rules.map((rule) => [rule.id, rule.why]));
  return groupFindings(verdict.findings, false).map((group) => ({
    name: group.name,
    cases: group.stacks.map(({ shown }) => findingCase(shown, extras, why.get(shown.rule))),
  }));
}

function findingCase(finding: Finding, extras: FormatExtras, why: string | undefined): Case {
  const place = `${finding.file}:${finding.span.start.line}:${finding.span.start.column}`;
  const { failOn } = extras;
  const fails = failOn === undefined || (failOn !== 'never' && atLeast(finding.severity, failOn));
  const said = `${finding.severity} (${finding.confidence}): ${finding.message}`;
  const body = [said, place, ...(why === undefined ? [] : [why])].map(xmlText).join('\n');
  return {
    name: `${finding.rule} ${place}`,
    file: finding.file,
    line: finding.span.start.line,
    outcome: fails
      ? {
          kind: 'failure',
          xml: `<failure ${attributes({ type: finding.rule, message: finding.message })}>${body}</failure>`,
        }
      : { kind: 'system-out', xml: `<system-out>${body}</system-out>` },
  };
}

/** What was judged and found well must be there too: a report without cases reads as a run that failed to start. */
function calmSuites(verdict: Verdict): Suite[] {
  const told = new Set<string>();
  for (const { file, service, services } of verdict.findings) {
    told.add(`file ${file}`);
    for (const name of [...(services ?? []), ...(service === undefined ? [] : [service])]) told.add(`service ${name}`);
  }
  const services = verdict.services.filter(({ name }) => !told.has(`service ${name}`)).map(({ name }) => name);
  const files = verdict.files.filter((file) => !told.has(`file ${file}`));
  return [...services, ...files].map((name) => ({ name, cases: [{ name: 'no findings' }] }));
}

function ownSuites(verdict: Verdict): Suite[] {
  const skipped: Case[] = verdict.unread.map(({ path, reason }) => ({
    name: `not looked at: ${path}`,
    outcome: { kind: 'skipped', xml: `<skipped ${attributes({ message: reason })}/>` },
  }));
  const broken: Case[] = verdict.failures.map(({ rule, message }) => ({
    name: `a bug in seaworthy: ${rule}`,
    outcome: { kind: 'error', xml: `<error ${attributes({ type: rule, message })}/>` },
  }));
  const cases = [...skipped, ...broken];
  return cases.length > 0 ? [{ name: 'seaworthy', cases }] : [];
}

function numbers(cases: readonly Case[]): Record<string, number> {
  const of = (kind: string) => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

function caseXml(suite: string, { name, file, line, outcome }: Case): string {
  const head = `    <testcase ${attributes({ classname: suite, name, file, line, time: '0' })}`;
  return outcome === undefined ? `${head}/>` : `${head}>\n      ${outcome.xml}\n    </testcase>`;
}
