import { listed } from '../../../rules/in-words.ts';
import type { ItemState } from '../../../vocabulary/verdict.ts';

/** What one item of a checklist comes to. */
export interface Answer {
  readonly state: ItemState;
  /** A plain sentence; never empty, never with a secret's value. */
  readonly evidence: string;
  /** `file:line` */
  readonly at: readonly string[];
}

/** The same after one name and after several: `['runs as root', 'run as root']`. After a colon there is no difference. */
export type Words = string | readonly [one: string, many: string];

/** What one subject (a service, an image, a build context) says to an item. */
export interface Part {
  readonly state: 'pass' | 'fail' | 'open';
  readonly name: string;
  readonly words: Words;
  readonly at: string | undefined;
}

/** One sentence for each of several: `api and worker: each runs as root`. */
export function each(one: string): Words {
  return [one, `: each ${one}`];
}

const mostNames = 6;
const mostClauses = 3;

export function passes(evidence: string, at: readonly string[] = []): Answer {
  return { state: 'pass', evidence, at };
}

export function fails(evidence: string, at: readonly string[] = []): Answer {
  return { state: 'fail', evidence, at };
}

export function staysOpen(evidence: string, at: readonly string[] = []): Answer {
  return { state: 'open', evidence, at };
}

export function notAsked(evidence: string): Answer {
  return { state: 'not-applicable', evidence, at: [] };
}

/**
 * One failing part fails the item; one that is not known leaves it open; it passes only where every part that was asked
 * says so. `none`: why nothing was asked.
 */
export function weigh(parts: readonly Part[], none: string): Answer {
  for (const state of ['fail', 'open', 'pass'] as const) {
    const decisive = parts.filter((part) => part.state === state);
    if (decisive.length > 0) return { state, evidence: sentence(decisive), at: placesOf(decisive) };
  }
  return notAsked(none);
}

/** The worst of several answers; an item that asks several things passes only when one passes and none does worse. */
export function worst(...answers: readonly Answer[]): Answer {
  for (const state of ['fail', 'open', 'pass'] as const) {
    const decisive = answers.filter((answer) => answer.state === state);
    if (decisive.length > 0)
      return {
        state,
        evidence: decisive.map(({ evidence }) => evidence).join('; '),
        at: [...new Set(decisive.flatMap(({ at }) => at))],
      };
  }
  return answers[0] ?? notAsked('nothing was asked');
}

function sentence(parts: readonly Part[]): string {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = typeof part.words === 'string' ? part.words : part.words[0];
    const known = groups.get(key);
    if (known) known.push(part);
    else groups.set(key, [part]);
  }
  const clauses = [...groups.values()].map((group) => clause(group));
  const rest = clauses.length - mostClauses;
  return rest > 0 ? `${clauses.slice(0, mostClauses).join('; ')}; and ${rest} more` : clauses.join('; ');
}

function clause(group: readonly Part[]): string {
  const names = [...new Set(group.map(({ name }) => name))];
  const words = group[0]?.words ?? '';
  const said = typeof words === 'string' ? words : words[names.length === 1 ? 0 : 1];
  return `${listed(names, mostNames)}${said.startsWith(':') ? '' : ' '}${said}`;
}

function placesOf(parts: readonly Part[]): string[] {
  return [...new Set(parts.flatMap(({ at }) => at ?? []))];
}
