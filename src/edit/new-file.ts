import type { Edit } from '../vocabulary/fix.ts';

/** The edit that makes a file which is not there yet. */
export function newFile(file: string, text: string): Edit {
  return { span: { file, start: 0, end: 0 }, text };
}
