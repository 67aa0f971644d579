import { listed } from '../../rules/in-words.ts';
import type { ChecklistItemState, ChecklistState } from '../../vocabulary/verdict.ts';
import type { Proof, ProofResult } from '../proof/proof.ts';
import { shortened } from '../shortened.ts';
import type { ChecklistItem, ChecklistRow } from './item.ts';
import { checklistItems } from './items.ts';

export interface Proving {
  readonly checklists: readonly ChecklistState[];
  readonly proof: Proof;
  /** The services that the items of a list ask about, by name: each must be drilled before an open item passes. */
  readonly concerned: (row: ChecklistRow) => readonly string[];
  /** Ids of items that fail by the files and whose failures somebody accepted with a reason. */
  readonly accepted: ReadonlySet<string>;
}

/**
 * The lists with what drills have shown. An open item passes when its drill held for every service that it asks about
 * (but for those in which there is nothing to drill), and fails when it broke for one. A passed one fails when its drill
 * broke: proof beats what a file says. A failed one stays failed: it does not stand in the file, so it will not run so.
 * What was accepted with a reason stays accepted. Inconclusive changes nothing.
 */
export function proveChecklists({ checklists, proof, concerned, accepted }: Proving): ChecklistState[] {
  const items = new Map(checklistItems.map((item) => [item.id, item]));
  return checklists.map((list) => ({
    ...list,
    items: list.items.map((state) => {
      const item = items.get(state.id);
      const drill = item?.drill;
      if (!item || drill === undefined || (state.state !== 'open' && state.state !== 'pass')) return state;
      const services = concerned(item.row);
      const results = proof.drills.filter(({ id, service }) => id === drill && services.includes(service));
      if (results.length === 0) return state;
      return proved(state, item, drill, { results, missing: missing(proof, drill, services), accepted });
    }),
  }));
}

interface Shown {
  readonly results: readonly ProofResult[];
  /** Services of which the drill says nothing, though it could. */
  readonly missing: readonly string[];
  readonly accepted: ReadonlySet<string>;
}

function proved(state: ChecklistItemState, item: ChecklistItem, drill: string, shown: Shown): ChecklistItemState {
  const { results, accepted } = shown;
  const told = (outcome: ProofResult['outcome']) => results.filter((one) => outcomeFor(item, one) === outcome);
  const [broke, unclear, held] = [told('broke'), told('inconclusive'), told('held')];
  if (broke.length > 0) {
    if (accepted.has(item.id))
      return { ...state, evidence: `${state.evidence}; drill ${drill} broke for ${names(broke)}` };
    return { ...state, state: 'fail', evidence: `drill ${drill} broke: ${clauses(broke)}` };
  }
  if (unclear.length > 0) return withNote(state, `drill ${drill} was inconclusive: ${clauses(unclear)}`);
  const note = `drill ${drill} held for ${names(held)}`;
  if (state.state === 'pass') return { ...state, evidence: `${state.evidence}; ${note}` };
  if (shown.missing.length > 0) return withNote(state, `${note}, and was not run on ${listed(shown.missing, 6)}`);
  if (item.drillShowsPart || item.answeredBy === 'person') return withNote(state, `${note}, which shows a part of it`);
  return { ...state, state: 'pass', evidence: `drill ${drill} held: ${clauses(held)}` };
}

/** How a drill came out for this item: by its own outcome, or by the evidence that the item asks for. */
function outcomeFor({ drillEvidence }: ChecklistItem, { outcome, evidence }: ProofResult): ProofResult['outcome'] {
  if (drillEvidence === undefined) return outcome;
  const value = evidence.find(({ name }) => name === drillEvidence)?.value;
  return value === true || (typeof value === 'number' && value > 0) ? 'held' : 'inconclusive';
}

function missing({ drills, skipped }: Proof, drill: string, services: readonly string[]): string[] {
  const said = new Set(drills.filter(({ id }) => id === drill).map(({ service }) => service));
  const idle = new Set(skipped.filter(({ id, applies }) => id === drill && !applies).map(({ service }) => service));
  return services.filter((service) => !said.has(service) && !idle.has(service));
}

/** What was said while nothing had run is no longer true. */
function withNote(state: ChecklistItemState, note: string): ChecklistItemState {
  return { ...state, evidence: `${state.evidence.replace(/(?:,? and|;) no drill has run$/, '')}; ${note}` };
}

function names(results: readonly ProofResult[]): string {
  return listed([...new Set(results.map(({ service }) => service))], 6);
}

/** `web: lost 39 of 1,675 requests; db: …` */
function clauses(results: readonly ProofResult[]): string {
  const told = results.slice(0, 3).map(({ service, summary }) => `${service}: ${shortened(summary)}`);
  const left = results.length - told.length;
  return left > 0 ? `${told.join('; ')}; and ${left} more` : told.join('; ');
}
