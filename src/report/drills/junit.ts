import type { DrillResult } from '../../vocabulary/drill.ts';
import { xmlAttributes as attributes, xmlText } from '../xml-text.ts';
import type { DrillFormat } from './drill-format.ts';
import { evidenceValue, repeatedText } from './figures.ts';
import { byService } from './tally.ts';

interface Case {
  readonly id: string;
  readonly seconds: number;
  readonly kind: 'passed' | 'failure' | 'skipped';
  readonly xml: string | undefined;
}

/**
 * JUnit XML, as Jenkins and GitLab read it: a suite for each service, a case for each drill. Broken is a failure; what
 * is inconclusive (where that does not fail the run), or was not drilled, is skipped with its reason: no reader takes it
 * for passed, and the report and the exit code agree.
 */
export const renderDrillJunit: DrillFormat = ({ drills, skipped, seconds, startedAt }, extras) => {
  const suites = new Map(
    byService(drills).map(([service, results]) => [
      service,
      results.map((one) => resultCase(one, extras.strict === true)),
    ]),
  );
  for (const { id, service, because } of skipped) {
    const xml = `<skipped ${attributes({ message: because })}/>`;
    suites.set(service, [...(suites.get(service) ?? []), { id, seconds: 0, kind: 'skipped', xml }]);
  }
  const all = [...suites.values()].flat();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: `seaworthy ${extras.version}`, ...numbers(all), time: fixed(seconds) })}>`,
    ...[...suites].flatMap(([name, cases]) => [
      `  <testsuite ${attributes({ name, ...numbers(cases), timestamp: startedAt })}>`,
      ...cases.map((one) => caseXml(name, one)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
};

function resultCase(result: DrillResult, strict: boolean): Case {
  const { id, outcome, summary, seconds } = result;
  const told = bodyOf(result);
  const message = outcome === 'inconclusive' ? `inconclusive: ${summary}` : summary;
  if (outcome === 'broke' || (outcome === 'inconclusive' && strict)) {
    const xml = `<failure ${attributes({ type: id, message })}>${told}</failure>`;
    return { id, seconds, kind: 'failure', xml };
  }
  if (outcome === 'inconclusive') return { id, seconds, kind: 'skipped', xml: `<skipped ${attributes({ message })}/>` };
  return { id, seconds, kind: 'passed', xml: `<system-out>${told}</system-out>` };
}

function bodyOf(result: DrillResult): string {
  const repeated = repeatedText(result);
  return [
    result.summary,
    `claim: ${result.claim}`,
    ...(repeated === '' ? [] : [repeated]),
    ...result.evidence.map((one) => `${one.name}: ${evidenceValue(one).join(', ')}`),
    ...result.advice.map((one) => `advice: ${one}`),
  ]
    .map(xmlText)
    .join('\n');
}

function numbers(cases: readonly Case[]): Record<string, number> {
  const of = (kind: Case['kind']) => cases.filter((one) => one.kind === kind).length;
  return { tests: cases.length, failures: of('failure'), errors: 0, skipped: of('skipped') };
}

function caseXml(suite: string, { id, seconds, xml }: Case): string {
  const head = `    <testcase ${attributes({ classname: suite, name: id, time: fixed(seconds) })}`;
  return xml === undefined ? `${head}/>` : `${head}>\n      ${xml}\n    </testcase>`;
}

/** Without an exponent, which XML readers of times do not know. */
function fixed(seconds: number): string {
  return Number.isFinite(seconds) ? seconds.toFixed(3) : '0';
}
