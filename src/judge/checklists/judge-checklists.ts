import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Finding } from '../../vocabulary/finding.ts';
import type { ChecklistItemState, ChecklistState } from '../../vocabulary/verdict.ts';
import type { Places } from '../places.ts';
import { answers } from './answers/all.ts';
import { type Answer, notAsked, staysOpen } from './answers/answer.ts';
import { findingsByService, type Look, servers } from './answers/look.ts';
import { mlServices } from './answers/ml.ts';
import type { ChecklistItem, ChecklistRow } from './item.ts';
import { checklistItems } from './items.ts';

const titles: Readonly<Record<ChecklistRow, string>> = {
  CHK1: 'Production readiness (lesson 001)',
  CHK2: 'Before deployment (lessons 003 and 004)',
  CHK3: 'The Dockerfile (lessons 003 and 004)',
  CHK4: 'The Compose file (lesson 004)',
  CHK5: 'At run time (lessons 003 and 004)',
  CHK6: 'The ML service (lesson 002)',
  CHK7: 'The twelve factors (lesson 004)',
};

/**
 * The lessons' seven lists, item by item, in order. A pass rests on something that was seen, not on silence: `rules` are
 * those that looked. What only a drill or a person can answer stays open.
 */
export function judgeChecklists(
  project: Project,
  findings: readonly Finding[],
  rules: readonly Rule[],
  places: Places,
): ChecklistState[] {
  const look: Look = {
    project,
    services: project.services,
    findings,
    byService: findingsByService(findings),
    rules: new Set(rules.map(({ id }) => id)),
    places,
  };
  const ml = { ...look, services: mlServices(look) };
  const known = new Map<unknown, Answer>();
  const rows = [...new Set(checklistItems.map((item) => item.row))];
  return rows.map((row) => ({
    id: row,
    title: titles[row],
    items: checklistItems
      .filter((item) => item.row === row)
      .map((item): ChecklistItemState => {
        const { state, evidence, at } = row === 'CHK6' ? asked(item, ml, new Map()) : asked(item, look, known);
        return { id: item.id, text: item.text, state, evidence, at };
      }),
  }));
}

/** The services that the items of a list ask about and a drill could run on: those that keep running. */
export function concernedServices(project: Project, places: Places): (row: ChecklistRow) => readonly string[] {
  const services = servers(project.services).filter(
    ({ name, composeModel }) => composeModel?.disabled.has(name) !== true,
  );
  const look: Look = { project, services, findings: [], byService: new Map(), rules: new Set(), places };
  const names = (some: readonly Service[]) => some.map(({ name }) => name);
  return (row) => names(row === 'CHK6' ? mlServices(look) : services);
}

/** Lists repeat each other: the same question has the same answer. */
function asked(item: ChecklistItem, look: Look, known: Map<unknown, Answer>): Answer {
  const answer = answers.get(item.id);
  if (!answer) return staysOpen(item.note);
  if (item.row === 'CHK6' && look.services.length === 0) return notAsked('no service here is known to serve a model');
  const said = known.get(answer) ?? answer(look);
  known.set(answer, said);
  return item.row === 'CHK3' ? said : unlessRefused(said, look);
}

/** Of a project that Compose refuses nothing will run as it stands here. */
function unlessRefused(answer: Answer, { project, places }: Look): Answer {
  // A file that is not committed, an env file most often, is no reason to doubt what is here.
  const refusal = project.compose?.faults.find(({ refused, code }) => refused && code !== 'missing-file');
  if (answer.state !== 'pass' || !refusal) return answer;
  return staysOpen(`${answer.evidence}; but Compose refuses the project as it stands`, [
    places.lineOf(refusal.span),
    ...answer.at,
  ]);
}
