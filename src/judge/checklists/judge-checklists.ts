import type { Project } from '../../model/project.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Finding } from '../../vocabulary/finding.ts';
import type { ChecklistState } from '../../vocabulary/verdict.ts';
import type { Places } from '../places.ts';
import { checklistItems } from './items.ts';

/** The lessons' seven lists, item by item. What only a drill or a person can answer stays open. */
export function judgeChecklists(
  project: Project,
  findings: readonly Finding[],
  _rules: readonly Rule[],
  _places: Places,
): ChecklistState[] {
  const rows = [...new Set(checklistItems.map((item) => item.row))];
  return rows.map((row) => ({
    id: row,
    title: row,
    items: checklistItems
      .filter((item) => item.row === row)
      .map((item) => {
        const failing = findings.filter((finding) => finding.mission.some((one) => item.mission.includes(one)));
        const state =
          item.answeredBy !== 'files'
            ? 'open'
            : project.services.length === 0
              ? 'not-applicable'
              : failing.length > 0
                ? 'fail'
                : 'pass';
        return {
          id: item.id,
          text: item.text,
          state,
          evidence: item.note,
          at: failing.map((finding) => `${finding.file}:${finding.span.start.line}`),
        };
      }),
  }));
}
