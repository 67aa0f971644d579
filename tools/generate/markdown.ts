import path from 'node:path';

/** A code block; the fence is longer than any the text holds. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A row of a table: `|` and line ends in a cell would end it. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
}

/** For the colours of a code block, by file name. */
export function languageOf(file: string): string {
  const name = path.posix.basename(file).toLowerCase();
  if (name.includes('dockerfile') && !name.endsWith('.dockerignore')) return 'dockerfile';
  const byExtension: Record<string, string> = {
    '.yaml': 'yaml',
    '.yml': 'yaml',
    '.json': 'json',
    '.js': 'js',
    '.sh': 'sh',
  };
  return byExtension[path.posix.extname(name)] ?? 'text';
}
