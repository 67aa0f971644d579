import { type Change, leftBecause } from '../edit/change.ts';
import { setAttribute, writtenAttribute } from '../edit/compose.ts';
import { inOneLine } from '../edit/yaml/value.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';

/** Other words for what a service starts, where it is written: CMD or ENTRYPOINT, or Compose's `command`. */
export function replaceCommand(service: Service, project: Project, words: readonly string[]): Change {
  const { process } = service;
  const attribute = process.command?.value ? 'command' : 'entrypoint';
  const line = process.command?.value ? process.command : process.entrypoint;
  if (line?.from.kind !== 'file') return leftBecause('its image says what it starts');
  if (service.attribute(attribute) !== undefined && line.from.span.file !== service.image.stage?.dockerfile.file)
    return inCompose(service, project, attribute, words);
  const step = stepAt(service, line.from.span.start);
  if (!step) return leftBecause('its command is written where it cannot be edited');
  const { body } = step.instruction;
  const start = body.text.length - body.text.trimStart().length;
  const end = body.text.trimEnd().length;
  const text = `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  return { edits: [{ span: body.span(start, end), text }], sets: [] };
}

/** The instruction of the image's own stages that stands at this place. */
export function stepAt(service: Service, offset: number): Step | undefined {
  for (let stage = service.image.stage; stage; stage = stage.from.stage) {
    const step = stage.steps.find(({ instruction: { span } }) => span.start <= offset && offset < span.end);
    if (step) return step;
  }
  return undefined;
}

/** A string stays a string where every word can stand in it as it is. */
function inCompose(
  service: Service,
  project: Project,
  attribute: 'command' | 'entrypoint',
  words: readonly string[],
): Change {
  const written = writtenAttribute(project, service, attribute);
  if (written?.kind === 'scalar' && words.every((word) => /^[\w@%+=:,./-]+$/.test(word)))
    return setAttribute(project, service, attribute, words.join(' '));
  const isBlock = written?.kind === 'list' && project.sources.get(written.span.file)?.text[written.span.start] === '-';
  return setAttribute(project, service, attribute, isBlock ? words : inOneLine(words));
}
