import type { Change } from '../../edit/change.ts';
import { keywordAs, lineEndOf } from '../../edit/dockerfile.ts';
import type { Dockerfile, Step } from '../../model/dockerfile/dockerfile.ts';
import { type Edit, replaceable } from './replaceable.ts';

/** Where an instruction of the single stage goes: into the one that builds, the one that runs, or both. */
export type Place = 'build' | 'run' | 'both';

export interface TwoStages {
  readonly place: (step: Step) => Place;
  /** New texts for steps of the building stage. */
  readonly edits?: readonly Edit[];
  /** Lines that the build ends with: `RUN npm prune --omit=dev`. */
  readonly buildEnd?: readonly string[];
  /** The image that runs: `node:24-slim`. */
  readonly runtime: string;
  /** Lines that bring the result over, behind what both stages have. */
  readonly copies: readonly string[];
}

/**
 * The file anew, out of the pieces it has: each instruction keeps its text, its comments and the blank lines above it.
 * What both stages need is repeated without its comments.
 */
export function inTwoStages(dockerfile: Dockerfile, plan: TwoStages): Change {
  const [stage] = dockerfile.stages;
  const { text } = dockerfile.tree;
  const first = dockerfile.tree.instructions[0];
  if (!stage || !first) return { edits: [], sets: [] };
  const eol = lineEndOf(dockerfile);
  const from = stage.from.instruction;
  const build: string[] = [` ${keywordAs(dockerfile, 'AS')} build`];
  const run: string[] = [];
  const repeated: string[] = [];
  let end = from.span.end;
  let last: readonly [string, string] = ['', ''];
  for (const step of stage.steps) {
    const { span } = step.instruction;
    const piece = replaceable(text, end, span.end, plan.edits ?? []);
    end = span.end;
    const place = plan.place(step);
    if (place !== 'run') {
      build.push(piece);
      last = [step.instruction.keyword, piece];
    } else run.push(piece.replace(/^(?:\r?\n)+/, isSpaced(piece) ? eol + eol : eol));
    if (place === 'both') repeated.push(text.slice(span.start, span.end));
  }
  const isAiry = airy(stage.steps, text);
  const between = isAiry ? eol + eol : eol;
  // Lines of a kind stand together, as the author's own do.
  const ends = (plan.buildEnd ?? []).map((line) => (isSpaced(last[1]) && last[0] !== 'RUN' ? between : eol) + line);
  const added = [...repeated, ...plan.copies].map((line, index) => (index === 0 ? eol : between) + line);
  const runtime = `${eol}${eol}${keywordAs(dockerfile, 'FROM')} ${plan.runtime}`;
  const fresh = [...build, ...ends, runtime, ...(isAiry ? [eol] : []), ...added, ...run].join('');
  const head = text.slice(from.span.start, from.span.end);
  return { edits: [{ span: { ...from.span, end }, text: head + fresh }], sets: [] };
}

function isSpaced(piece: string): boolean {
  return /^(?:[ \t]*\r?\n){2}/.test(piece);
}

/** Most instructions of the file have a blank line above them. */
function airy(steps: readonly Step[], text: string): boolean {
  const spaced = steps.filter(({ instruction }) => {
    const start = Math.min(instruction.span.start, ...instruction.comments.map(({ span }) => span.start));
    return /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(Math.max(0, start - 20), start));
  });
  return spaced.length * 2 > steps.length;
}
