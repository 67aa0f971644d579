import { type ComposeProject, type LoadOptions, loadComposeProject } from '../../../src/model/compose/load.ts';
import { plainModel } from '../../../src/model/compose/plain.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';
import type { Span } from '../../../src/vocabulary/span.ts';

/** Loads texts by path; a single text is `compose.yaml`. */
export function load(files: string | Record<string, string>, options: LoadOptions = {}): ComposeProject {
  return loadComposeProject(memoryFiles(typeof files === 'string' ? { 'compose.yaml': files } : files), options);
}

/** What Compose refuses, in our words. */
export function refusals(project: ComposeProject): string[] {
  return project.faults.filter((fault) => fault.refused).map((fault) => fault.message);
}

export function refusalCodes(project: ComposeProject): string[] {
  return project.faults.filter((fault) => fault.refused).map((fault) => fault.code);
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of every shape
export type Any = any;

export function plain(project: ComposeProject): Any {
  return plainModel(project);
}

/** A service of one text, as JSON, without what is the same for all; fails where Compose would refuse. */
export function service(attributes: string, extra = ''): Any {
  const project = load(`services:\n  web:\n    image: x\n    ${attributes}\n${extra}`, { skip: { consistency: true } });
  if (refusals(project).length > 0) throw new Error(refusals(project).join('\n'));
  return plain(project).services.web;
}

/** The text a span covers. */
export function cut(project: ComposeProject, span: Span | undefined): string | undefined {
  return span && project.sources.find((source) => source.path === span.file)?.text.slice(span.start, span.end);
}
