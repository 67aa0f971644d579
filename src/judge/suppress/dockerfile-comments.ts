import type { DockerfileTree, Instruction } from '../../read/dockerfile/tree.ts';
import type { SourceText } from '../../read/text.ts';
import type { Directive } from './directive.ts';
import { buildkitDirective } from './peer-comments.ts';
import { directiveOf, lineRange, nextLineRange, type PlacedDirective, wholeFile } from './placed.ts';

/** Comments above an instruction, between its lines, at the end of a RUN's last line, and in its heredocs. */
export function dockerfileDirectives(tree: DockerfileTree, source: SourceText): PlacedDirective[] {
  return [...directives(tree), ...comments(tree, source), ...scripts(tree, source)];
}

function directives(tree: DockerfileTree): PlacedDirective[] {
  return tree.directives.flatMap(({ name, value, span }) => {
    const found = name === 'check' ? buildkitDirective(value) : undefined;
    return found ? [{ ...found, at: span, range: wholeFile }] : [];
  });
}

function comments(tree: DockerfileTree, source: SourceText): PlacedDirective[] {
  const placed: PlacedDirective[] = [];
  let next = 0;
  for (const { text, span } of tree.comments) {
    while (next < tree.instructions.length && (tree.instructions[next] as Instruction).span.end <= span.start) next++;
    const found = directiveOf(text);
    if (!found) continue;
    const instruction = tree.instructions[next];
    // Between the lines of an instruction it is about the line below it.
    const isInside = instruction !== undefined && instruction.span.start < span.start;
    const line = source.positionAt(span.start).line;
    const range =
      found.scope === 'file' || (next === 0 && isOfFile(found))
        ? wholeFile
        : found.scope === 'own-line'
          ? lineRange(source, line)
          : isInside
            ? nextLineRange(source, line)
            : instruction?.span;
    placed.push({ ...found, at: span, range });
  }
  return placed;
}

/** Their tools report what a file lacks at its first line, and there people accept it; we show it at the final stage. */
const ofFile: ReadonlySet<string> = new Set(['trivy:DS-0002', 'trivy:DS-0026', 'hadolint:DL3057']);

function isOfFile({ names }: Directive): boolean {
  return names.length > 0 && names.every((name) => ofFile.has(name));
}

/** Comments of the shell that RUN starts: to Docker they are part of the instruction. */
function scripts(tree: DockerfileTree, source: SourceText): PlacedDirective[] {
  const placed: PlacedDirective[] = [];
  for (const instruction of tree.instructions) {
    if (instruction.keyword !== 'RUN') continue;
    const scriptStart = instruction.heredocs[0]?.bodySpan.start ?? instruction.span.end;
    const last = lastLine(tree.text, instruction.span.start, scriptStart);
    const trailing = trailingComment(tree.text.slice(last, scriptStart));
    const found = trailing && directiveOf(trailing.text);
    if (trailing && found)
      placed.push({
        ...found,
        at: source.span(last + trailing.index, last + trailing.index + trailing.length),
        range: found.scope === 'file' ? wholeFile : instruction.span,
      });
    for (const { bodySpan } of instruction.heredocs) {
      const first = source.positionAt(bodySpan.start).line;
      const end = source.positionAt(Math.max(bodySpan.start, bodySpan.end - 1)).line;
      for (let line = first; line <= end; line++) placed.push(...inScript(source, line));
    }
  }
  return placed;
}

function inScript(source: SourceText, line: number): PlacedDirective[] {
  const text = source.line(line);
  const comment = trailingComment(text);
  const found = comment && directiveOf(comment.text);
  if (!comment || !found) return [];
  const start = source.offsetOf(line) + comment.index;
  const isAlone = text.slice(0, comment.index).trim() === '';
  const range = found.scope === 'file' ? wholeFile : isAlone ? nextLineRange(source, line) : lineRange(source, line);
  return [{ ...found, at: source.span(start, start + comment.length), range }];
}

function lastLine(text: string, start: number, end: number): number {
  const newline = text.lastIndexOf('\n', text[end - 1] === '\n' ? end - 2 : end - 1);
  return Math.max(start, newline + 1);
}

/** The last `#` that may begin a comment and is followed by a tool's name. */
function trailingComment(line: string): { text: string; index: number; length: number } | undefined {
  const match = /(?:^|\s)#\s*(?=seaworthy\b|hadolint\b|checkov:|trivy:|kics-scan\b|nosem)/i.exec(line);
  if (!match) return undefined;
  const index = line.indexOf('#', match.index);
  const written = line.slice(index).trimEnd();
  return { text: written.slice(1).trim(), index, length: written.length };
}
