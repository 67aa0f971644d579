import type { BuildContext } from '../model/build-context.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';

/** `unknown`: the build context is not at hand, or what it holds cannot be told from here. */
export type Brought = 'yes' | 'no' | 'unknown';

/** Sources of a COPY or ADD from the build context, variables expanded; none for other instructions and stages. */
export function contextSources(step: Step): string[] {
  const { keyword, flags, words, heredocs } = step.instruction;
  if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) return [];
  return words
    .slice(0, -1)
    .filter((word) => !heredocs.some(({ markerSpan }) => markerSpan.start === word.span.start))
    .map((word) => step.scope.expand(word.text).text ?? word.text)
    .filter((text) => !/^[a-z][a-z\d+.-]*:\/\//i.test(text))
    .map((text) => text.replace(/^\/+/, '').replace(/^(?:\.\/)+/, '') || '.');
}

/** True where the source is the whole context: `.`, `./`, `/`, `*`. */
export function isWholeContext(source: string): boolean {
  return source === '.' || source === '*' || source === './*';
}

/** A directory of the context as far as the source says: `.`, `app/`, `app`. */
function directoryOf(source: string): string {
  return isWholeContext(source) ? '' : source.replace(/\/(?:\.|\*)?$/, '');
}

/** More lines than any real Dockerfile has; a file made to hang us must not. */
const mostBefore = 1000;

/** Steps before this one whose files it sees: its stage's, and those of the stages it is made from. */
export function stepsBefore(step: Step): Step[] {
  const before = step.stage.steps.slice(Math.max(0, step.index - mostBefore), step.index);
  for (let stage = step.stage.from.stage; stage && before.length < mostBefore; stage = stage.from.stage)
    before.unshift(...stage.steps.slice(-mostBefore));
  return before;
}

/**
 * Whether COPY, ADD or a bind mount before this step brings a file of one of these names. A source that is a directory or
 * pattern is looked up in the context, which counts as known where it has the `witness` (the manifest) in that place.
 */
export function isBrought(
  step: Step,
  names: readonly string[],
  witness: string,
  context: BuildContext | undefined,
): Brought {
  let answer: Brought = 'no';
  const add = (one: Brought) => {
    if (one === 'yes' || (one === 'unknown' && answer === 'no')) answer = one;
  };
  for (const before of stepsBefore(step)) {
    if (
      ['COPY', 'ADD'].includes(before.instruction.keyword) &&
      before.instruction.flags.some(({ name }) => name === 'from')
    ) {
      // Another stage may hold anything; a named file says what it is.
      const written = before.instruction.words.slice(0, -1).map(({ text }) => text);
      if (written.some((text) => names.some((name) => text.endsWith(name)))) add('yes');
      else if (written.some((text) => !/\.\w{1,5}$/.test(text))) add('unknown');
    }
    for (const source of contextSources(before)) add(sourceBrings(source, names, witness, context));
  }
  for (const flag of step.instruction.flags) {
    if (flag.name !== 'mount' || !/type=bind|^(?!.*type=)/.test(flag.value ?? '')) continue;
    add(
      names.some((name) => flag.value?.includes(name))
        ? 'yes'
        : /source=|src=/.test(flag.value ?? '')
          ? 'no'
          : 'unknown',
    );
  }
  return answer;
}

function sourceBrings(
  source: string,
  names: readonly string[],
  witness: string,
  context: BuildContext | undefined,
): Brought {
  const base = source.slice(source.lastIndexOf('/') + 1);
  const folder = source.slice(0, source.length - base.length);
  if (names.includes(base)) return context && context.kind(source) === 'file' && context.ignores(source) ? 'no' : 'yes';
  if (/[*?[]/.test(base) && !isWholeContext(source)) {
    const fitting = names.filter((name) => globMatches(base, name));
    if (fitting.length === 0) return 'no';
    return found(folder, fitting, witness, context);
  }
  // A file by its name: anything with an extension, and the manifests that have none.
  const kind = context?.kind(source);
  if (
    kind === 'file' ||
    (kind !== 'directory' &&
      !isWholeContext(source) &&
      !source.endsWith('/') &&
      /\.[\w-]+$|^Gemfile$|^Pipfile$|^Makefile$/.test(base))
  )
    return 'no';
  const directory = directoryOf(source);
  return found(directory === '' ? '' : `${directory}/`, names, witness, context);
}

function found(folder: string, names: readonly string[], witness: string, context: BuildContext | undefined): Brought {
  if (!context) return 'unknown';
  if (names.some((name) => context.kind(folder + name) === 'file' && !context.ignores(folder + name))) return 'yes';
  // A context without the manifest is not the one this is built with, or the manifest lies deeper.
  return context.kind(folder + witness) === 'file' ? 'no' : 'unknown';
}

/** `*`, `?` and `[...]` as in Go's `filepath.Match`, for one part of a path. Patterns are short: no backtracking to fear. */
function globMatches(pattern: string, name: string): boolean {
  if (pattern.length > 100) return false;
  const source = pattern
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  try {
    return new RegExp(`^${source}$`).test(name);
  } catch {
    // A class that is broken matches nothing, and Docker says so itself.
    return false;
  }
}
