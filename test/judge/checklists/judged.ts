import { judge } from '../../../src/judge/judge.ts';
import { readProject } from '../../../src/model/read-project.ts';
import type { Files } from '../../../src/read/files.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';
import { allRules } from '../../../src/rules/registry.ts';
import type { ChecklistItemState, ChecklistState } from '../../../src/vocabulary/verdict.ts';

/** The seven lists of a project, by a day that does not move. A rule that throws fails the test. */
export function listsOf(files: Files | Readonly<Record<string, string>>): readonly ChecklistState[] {
  const project = readProject(isFiles(files) ? files : memoryFiles(files), { today: '2026-11-21' });
  const { checklists, failures } = judge(project, allRules);
  if (failures.length > 0) throw new Error(failures.map(({ rule, message }) => `${rule}: ${message}`).join('\n'));
  return checklists;
}

export function itemsOf(files: Files | Readonly<Record<string, string>>): ReadonlyMap<string, ChecklistItemState> {
  return new Map(listsOf(files).flatMap(({ items }) => items.map((item) => [item.id, item] as const)));
}

function isFiles(files: Files | Readonly<Record<string, string>>): files is Files {
  return typeof files['kind'] === 'function';
}
