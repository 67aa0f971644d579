import { type Change, leftBecause } from '../edit/change.ts';
import { setAttribute, writtenAttribute } from '../edit/compose.ts';
import { inOneLine } from '../edit/yaml/value.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { ShellCommand } from '../model/image/programs.ts';
import type { Project } from '../model/project.ts';
import type { Health, Service } from '../model/service.ts';
import type { Span } from '../vocabulary/span.ts';
import { stepAt } from './replace-command.ts';

export type Test = Extract<Health, { kind: 'test' }>;

/** Edits of a health check's test where it is written: HEALTHCHECK in a Dockerfile, `healthcheck` in Compose. */

/** Another test for it; interval and the rest stay. */
export function replaceTest(service: Service, project: Project, test: Test, words: readonly string[]): Change {
  const step = stepOf(service, test);
  if (!step) return setAttribute(project, service, 'healthcheck.test', inOneLine(words));
  const span = commandSpan(step);
  if (!span) return elsewhere;
  return { edits: [{ span, text: dockerfileTest(words) }], sets: [] };
}

/** `["CMD", …]` as HEALTHCHECK wants it behind its CMD. */
export function dockerfileTest([form = '', ...words]: readonly string[]): string {
  return form === 'CMD-SHELL' ? words.join(' ') : `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** Arguments directly behind the name of one of its programs. */
export function insertArguments(
  service: Service,
  project: Project,
  test: Test,
  command: ShellCommand,
  args: readonly string[],
): Change {
  const [name] = command.words;
  if (!name) return elsewhere;
  const isList = test.test.form === 'exec' && test.test.words.some(({ span }) => span.start === name.span.start);
  const step = stepOf(service, test);
  if (!isList) return inText(service, project, name.span, (raw) => insertedOnce(raw, name.text, ` ${args.join(' ')}`));
  if (step) {
    const text = args.map((word) => `, ${JSON.stringify(word)}`).join('');
    return { edits: [{ span: { ...name.span, start: name.span.end }, text }], sets: [] };
  }
  const words = test.test.words.map(({ text }) => text);
  const at = test.test.words.findIndex(({ span }) => span.start === name.span.start);
  return replaceWords(service, project, test, ['CMD', ...words.slice(0, at + 1), ...args, ...words.slice(at + 1)]);
}

/** Behind the one place where the word stands: between quotes of YAML the place of each word is not known. */
function insertedOnce(raw: string, word: string, text: string): string | undefined {
  const parts = raw.split(word);
  return parts.length === 2 ? parts.join(`${word}${text}`) : undefined;
}

/** A new list in Compose, in the form of the old one. */
export function replaceWords(service: Service, project: Project, test: Test, words: readonly string[]): Change {
  const step = stepOf(service, test);
  if (step) return replaceTest(service, project, test, words);
  const written = writtenAttribute(project, service, 'healthcheck.test');
  if (!written) return elsewhere;
  const text = project.sources.get(written.span.file)?.text ?? '';
  const raw = text.slice(written.span.start, written.span.end);
  // Compose has put values in already: to write them down would take the variable away.
  if (/(?:^|[^$])\$(?!\$)/.test(raw.replaceAll('$$', ''))) return leftBecause('a variable of Compose stands in it');
  const isBlock = written.kind === 'list' && text[written.span.start] === '-';
  return setAttribute(project, service, 'healthcheck.test', isBlock ? words : inOneLine(words));
}

/** A part of its text, as it stands in the file; nothing where `change` does not know what it sees. */
export function inText(
  service: Service,
  project: Project,
  span: Span,
  change: (raw: string) => string | undefined,
): Change {
  const raw = project.sources.get(span.file)?.text.slice(span.start, span.end);
  const fresh = raw === undefined ? undefined : change(raw);
  if (fresh === undefined) return leftBecause('its text is written in a way that is not its own words');
  return { edits: [{ span, text: fresh }], sets: setsOf(service, span) };
}

/** A setting of it: `start_period`, `retries`. */
export function setTiming(
  service: Service,
  project: Project,
  test: Test,
  key: 'interval' | 'timeout' | 'start_period' | 'retries',
  value: string | number,
): Change {
  const step = stepOf(service, test);
  if (!step) return setAttribute(project, service, `healthcheck.${key}`, value);
  const { flags, keywordSpan } = step.instruction;
  const name = key.replace('_', '-');
  const flag = flags.find((one) => one.name === name);
  if (flag?.valueSpan) return { edits: [{ span: flag.valueSpan, text: String(value) }], sets: [] };
  const end = flags.at(-1)?.span.end ?? keywordSpan.end;
  return { edits: [{ span: { ...keywordSpan, start: end, end }, text: ` --${name}=${value}` }], sets: [] };
}

const elsewhere = leftBecause('it is written where it cannot be edited');

/** HEALTHCHECK, where that is what speaks; undefined for Compose. */
function stepOf(service: Service, test: Test): Step | undefined {
  return test.from === 'dockerfile' ? stepAt(service, test.span.start) : undefined;
}

/** What stands behind `HEALTHCHECK … CMD`. */
function commandSpan({ instruction: { body } }: Step): Span | undefined {
  const match = /^\s*CMD\s*/i.exec(body.text);
  return match ? body.span(match[0].length, body.text.trimEnd().length) : undefined;
}

function setsOf(service: Service, span: Span): string[] {
  return span.file === service.image.stage?.dockerfile.file ? [] : [`services.${service.name}.healthcheck`];
}
