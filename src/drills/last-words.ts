import { oneLine } from './one-line.ts';

const complaint = /error|exception|fatal|panic|denied|refused|missing|no such|not found|not set|cannot|failed/i;

/** Whether a line of a log tells of trouble. */
export const complains = (line: string): boolean => complaint.test(line);

/** Of the end of a log, what is likeliest to tell why: the first line of the last complaint, and the last lines. Four at most. */
export function lastWords(log: string): readonly string[] {
  const lines = log
    .split('\n')
    .map((line) => oneLine(line, 160))
    .filter((line) => line !== '');
  const tail = lines.slice(-3);
  // Stack traces name their error in the first line (Node, Java) or in the last (Python).
  const why = lines.slice(0, -3).findLast((line) => complaint.test(line) && !/^(?:at |File )/.test(line));
  return why === undefined || tail.some((line) => complaint.test(line)) ? tail : [why, ...tail];
}
