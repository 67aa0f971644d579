import type { Project } from '../../model/project.ts';
import type { SourceText } from '../../read/text.ts';
import { dockerfileDirectives } from './dockerfile-comments.ts';
import { directiveOf, mayHoldDirectives, nextLineRange, type PlacedDirective, wholeFile } from './placed.ts';
import { yamlDirectives } from './yaml-comments.ts';

/** Every comment of a project's files that wants a finding left out. */
export function commentsOf(project: Project): PlacedDirective[] {
  const trees = new Map(project.dockerfiles.map(({ file, tree }) => [file, tree]));
  return [...project.sources.values()].flatMap((source) => {
    if (!mayHoldDirectives(source.text)) return [];
    const tree = trees.get(source.path);
    if (tree) return dockerfileDirectives(tree, source);
    return /\.ya?ml$/i.test(source.path) || project.compose?.files.includes(source.path)
      ? yamlDirectives(source)
      : lineDirectives(source);
  });
}

/** Env files and the like: a comment is a line of its own, and is about the next. */
function lineDirectives(source: SourceText): PlacedDirective[] {
  const placed: PlacedDirective[] = [];
  for (let line = 1; line <= source.lineCount; line++) {
    const text = source.line(line);
    const hash = text.search(/\S/);
    const found = text[hash] === '#' ? directiveOf(text.slice(hash + 1).trim()) : undefined;
    if (!found) continue;
    const start = source.offsetOf(line) + hash;
    const range = found.scope === 'file' ? wholeFile : nextLineRange(source, line);
    placed.push({ ...found, at: source.span(start, source.offsetOf(line) + text.trimEnd().length), range });
  }
  return placed;
}
