/** A row of the mission: one of the lessons' checklists. */
export type ChecklistRow = 'CHK1' | 'CHK2' | 'CHK3' | 'CHK4' | 'CHK5' | 'CHK6' | 'CHK7';

export type Lesson = '001' | '002' | '003' | '004';

/**
 * One line of a lesson's checklist and who can answer it. `files`: the project's files decide (pass, fail or not
 * applicable). `drill`: only looking at a running service or a built image decides; open until then. `person`: no tool
 * decides; open unless the configuration records an answer. What is open is never counted as passed.
 */
export interface ChecklistItem {
  /** Row and number, e.g. `CHK1.1`; stable, printed in every report. */
  readonly id: string;
  readonly row: ChecklistRow;
  /** The lesson's words. */
  readonly text: string;
  readonly lesson: Lesson;
  /** The same item as another lesson words it, merged into this one. */
  readonly also?: { readonly lesson: Lesson; readonly text: string };
  readonly answeredBy: 'files' | 'drill' | 'person';
  /** The drill that proves it on a live engine, or `scan` for the command that reads images; names in `docs/lessons.md`. */
  readonly drill?: string;
  /** The drill shows a part of it only: held, it leaves an open item open. */
  readonly drillShowsPart?: true;
  /** Not how the drill came out shows it, but this piece of its evidence: a number above 0, or true. */
  readonly drillEvidence?: string;
  /** Mission rows whose findings fail the item; a `files` item with no such finding, and something to judge, passes. */
  readonly mission: readonly string[];
  /** How it is decided, or why it stays open. */
  readonly note: string;
}
