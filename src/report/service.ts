import type { ServiceSummary, Setting } from '../vocabulary/verdict.ts';
import { cellsOf, padCells } from './cells.ts';
import { openPage, type Page, type PageOptions } from './page.ts';
import { visible } from './visible.ts';
import { wrap } from './wrap.ts';

/** What a service will really run with: each setting, its value and where it comes from. Ends with a line end. */
export function renderService(summary: ServiceSummary, options: PageOptions): string {
  const page = openPage(options);
  const { paint } = page;
  const head = `${visible(summary.name)} as it will run`;
  const lines = [
    ...wrap(head, page.width).map((line) => paint('strong', line)),
    ...wrap(
      `image ${isUnknown(summary.image) ? 'not known' : visible(summary.image)}, from ${visible(summary.file)}`,
      page.width,
    ),
  ];
  const unknown = summary.settings.filter((setting) => isUnknown(setting.value)).length;
  const rows = summary.settings.length > 0 ? tableLines(summary.settings, page) : ['Nothing is set.'];
  const note = 'Not known: no file here says it, nor do we know it of the image.';
  const foot = unknown > 0 ? ['', ...wrap(note, page.width).map((line) => paint('faint', line))] : [];
  return `${[...lines, '', ...rows, ...foot].join('\n')}\n`;
}

function tableLines(settings: readonly Setting[], page: Page): string[] {
  const { paint, width } = page;
  const names = settings.map((setting) => visible(setting.name));
  const values = settings.map((setting) => (isUnknown(setting.value) ? 'not known' : visible(setting.value)));
  const origins = settings.map(originText);
  // The widest entry sets a column, but none may take more than its share; what is longer wraps inside its column.
  const nameCells = columnCells('setting', names, Math.floor(width * 0.3));
  const fromCells = columnCells('comes from', origins, Math.floor(width * 0.35));
  const valueCells = Math.min(columnCells('value', values, width), width - nameCells - fromCells - 4);
  const row = (cells: readonly [string, string, string], style: (text: string, column: number) => string) => {
    const columns = [
      wrap(cells[0], nameCells, false),
      wrap(cells[1], valueCells, false),
      wrap(cells[2], fromCells, false),
    ];
    const height = Math.max(...columns.map((column) => column.length));
    return Array.from({ length: height }, (_, at) => {
      const [name = '', value = '', from = ''] = columns.map((column) => column[at] ?? '');
      const parts = [padCells(name, nameCells), padCells(value, valueCells), from];
      const last = from !== '' ? 2 : value !== '' ? 1 : 0;
      const kept = parts.slice(0, last + 1).map((part, column) => (column === last ? part.trimEnd() : part));
      return kept.map(style).join('  ');
    });
  };
  const head = row(['setting', 'value', 'comes from'], (text) => paint('faint', text));
  const body = settings.flatMap((setting, at) => {
    const style = (text: string, column: number) => {
      if (column === 0) return text;
      if (column === 1) return isUnknown(setting.value) ? paint('open', text) : paint('strong', text);
      return paint('faint', text);
    };
    return row([names[at] as string, values[at] as string, origins[at] as string], style);
  });
  return [...head, ...body];
}

function originText(setting: Setting): string {
  const sure = setting.confidence === 'certain' || isUnknown(setting.value) ? '' : ` (${setting.confidence})`;
  return visible(setting.from) + sure;
}

function isUnknown(value: string): boolean {
  return value === 'unknown' || value === '';
}

function columnCells(head: string, texts: readonly string[], most: number): number {
  let cells = cellsOf(head);
  for (const text of texts) cells = Math.max(cells, cellsOf(text));
  return Math.min(cells, Math.max(most, cellsOf(head)));
}
