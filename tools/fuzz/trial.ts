import { formats } from '../../src/cli/formats.ts';
import { findConfiguration } from '../../src/judge/config/find-configuration.ts';
import { judge } from '../../src/judge/judge.ts';
import { kindByContent } from '../../src/model/lone-file.ts';
import { readProject } from '../../src/model/read-project.ts';
import { parseDockerfile } from '../../src/read/dockerfile/parse.ts';
import { printDockerfile } from '../../src/read/dockerfile/print.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import type { Format } from '../../src/report/format.ts';
import { allRules } from '../../src/rules/registry.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { Finding } from '../../src/vocabulary/finding.ts';
import type { Verdict } from '../../src/vocabulary/verdict.ts';
import { kindOf } from './dictionary.ts';
import type { Random } from './random.ts';

export type Files = Readonly<Record<string, string>>;

/** Has the project judged by all rules, and says what may never be; undefined when all is well. */
export function faultOf(files: Files): string | undefined {
  try {
    return unprinted(files) ?? verdictFault(files, judged(files));
  } catch (error) {
    return `threw: ${stackOf(error)}`;
  }
}

/** What takes too long for every run: judging again in another order, and rendering every format. */
export function deepFaultOf(files: Files, draw: Random, renderers: readonly Format[]): string | undefined {
  try {
    const verdict = judged(files);
    const findings = JSON.stringify(verdict.findings);
    const shuffled = Object.fromEntries(draw.shuffled(Object.entries(files)));
    const fileOrder = firstDifference(verdict.findings, judged(shuffled).findings);
    if (fileOrder) return `the order of files matters: ${fileOrder}`;
    const ruleOrder = firstDifference(verdict.findings, judged(files, draw.shuffled(allRules)).findings);
    if (ruleOrder) return `the order of rules matters: ${ruleOrder}`;
    if (JSON.stringify(judged(files).findings) !== findings) return 'judging twice differs';
    for (const render of renderers) {
      const text = render(verdict, { version: '0.0.0', rules: [] });
      if (/\p{Surrogate}/u.test(text)) return `a report is not well-formed Unicode: ${render.name}`;
    }
    return undefined;
  } catch (error) {
    return `threw: ${stackOf(error)}`;
  }
}

export async function allFormats(): Promise<Format[]> {
  return Promise.all(Object.values(formats).map((load) => load()));
}

/** As `check` of the library does it, which cannot change the order of rules. */
function judged(files: Files, rules: readonly Rule[] = allRules): Verdict {
  const [only, ...more] = Object.keys(files);
  const lone = only !== undefined && more.length === 0 ? kindByContent(files[only] ?? '') : undefined;
  const project = readProject(memoryFiles(files), {
    ...(lone === 'dockerfile' && only ? { dockerfiles: [only] } : {}),
    compose: { env: {}, ...(lone === 'compose' && only ? { files: [only] } : {}) },
    today: '2026-11-21',
  });
  return judge(project, rules, { optIn: ['all'], configuration: findConfiguration(project) });
}

function unprinted(files: Files): string | undefined {
  for (const [path, text] of Object.entries(files))
    if (kindOf(path) === 'dockerfile' && printDockerfile(parseDockerfile(text, path)) !== text)
      return `printing ${path} gives other bytes than were read`;
  return undefined;
}

function verdictFault(files: Files, verdict: Verdict): string | undefined {
  // Both are worked out when asked for, and may add failures.
  verdict.checklists.length;
  for (const service of verdict.services) service.settings.length;
  for (const { rule, message } of verdict.failures) return `failure: ${rule}: ${message}`;
  for (const finding of verdict.findings) {
    const { rule, file, span, message } = finding;
    const text = file === '' ? '' : files[file];
    // `COMPOSE_FILE` may name what there is not, and nothing else points there.
    if (text === undefined && rule === 'compose/missing-file') continue;
    if (text === undefined) return `${rule} speaks of "${file}", which there is not`;
    if (span.start.offset < 0 || span.end.offset < span.start.offset || span.end.offset > text.length)
      return `${rule} points outside "${file}": ${JSON.stringify(span)}`;
    if (message.length > 2_000) return `${rule} says ${message.length} characters`;
  }
  return undefined;
}

function firstDifference(some: readonly Finding[], others: readonly Finding[]): string | undefined {
  for (let at = 0; at < Math.max(some.length, others.length); at++) {
    const [one, other] = [JSON.stringify(some[at]), JSON.stringify(others[at])];
    if (one !== other) return `${one?.slice(0, 600)} and ${other?.slice(0, 600)}`;
  }
  return undefined;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 8).join('\n') : String(error);
}
