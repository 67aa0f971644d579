import { fixOf } from '../edit/change.ts';
import { yamlOf } from '../edit/compose.ts';
import { styleOf } from '../edit/yaml/style.ts';
import type { Project } from '../model/project.ts';
import type { Cure } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';

/** The same text between quotes, in the file's own kind: `80:80` becomes `"80:80"`. */
export function quoteValue(project: Project, span: Span): Cure | undefined {
  const file = yamlOf(project, span.file);
  if (!file) return undefined;
  const { quote } = styleOf(file);
  const text = file.text.slice(span.start, span.end);
  if (!/^[\w.:/-]+$/.test(text)) return undefined;
  return fixOf(
    { title: `Quote ${text}`, safety: 'safe' },
    { edits: [{ span, text: `${quote}${text}${quote}` }], sets: [] },
  );
}
