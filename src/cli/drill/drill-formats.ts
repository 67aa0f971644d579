import path from 'node:path';
import type { DrillFormat } from '../../report/drills/drill-format.ts';
import { renderDrillHtml } from '../../report/drills/html.ts';
import { renderDrillJson } from '../../report/drills/json.ts';
import { renderDrillJunit } from '../../report/drills/junit.ts';
import { renderDrillMarkdown } from '../../report/drills/markdown.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';

/** By the name `--format` knows them by; text is not among them: it depends on the terminal. */
export const drillFormats: Readonly<Record<string, DrillFormat>> = {
  json: renderDrillJson,
  junit: renderDrillJunit,
  html: renderDrillHtml,
  markdown: renderDrillMarkdown,
};

const extensions: Readonly<Record<string, string>> = {
  '.json': 'json',
  '.xml': 'junit',
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.txt': 'text',
};

/** A file's name says its format, so that one run can write several. */
export function formatOfFile(file: string): string {
  const format = extensions[path.extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new SeaworthyError('usage', `--output does not know what to write to "${path.basename(file)}"`, {
    hint: 'Its name ends in .json, .xml (JUnit), .html, .md or .txt.',
  });
}
