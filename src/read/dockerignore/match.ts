import { normalizePath } from '../paths.ts';
import { compileGoRegexp } from './go-regexp.ts';
import { translate } from './translate.ts';
import type { IgnorePattern } from './tree.ts';

export interface Ignore {
  /** Whether the path (relative to the context, `/` between parts) is kept out of the build context. */
  ignores(path: string): boolean;
  /** The same, with the pattern that had the last word; undefined where none matched. */
  decide(path: string): Decision;
  /** For walking down a tree: as `decide`, without looking at the parents again. `parent` is undefined at the root. */
  decideBelow(path: string, parent: Trail | undefined): Decision & { readonly trail: Trail };
  /** False when no `!pattern` can match inside this directory: an ignored one need not be entered. */
  reaches(directory: string): boolean;
  /** What one path costs to decide, in comparisons of strings: bounds a walk, so that no ignore file can make it hang. */
  readonly cost: number;
}

export interface Decision {
  readonly ignored: boolean;
  readonly by: IgnorePattern | undefined;
}

/** Which patterns (by index) match a path or one of its parents. */
export type Trail = readonly boolean[];

/**
 * moby's `MatchesOrParentMatches`: every pattern in turn, the last that matches the path or one of its parents wins, and
 * `!` takes back. Legal patterns only, as `parseDockerignore` gives them.
 */
export function createIgnore(patterns: readonly IgnorePattern[]): Ignore {
  const matchers = patterns.map((pattern) => matcherOf(pattern.pattern));
  const negations = patterns.filter((pattern) => pattern.negated).map((pattern) => reachOf(pattern.pattern));

  const lastWord = (matches: (index: number) => boolean): Decision => {
    let by: number | undefined;
    let ignored = false;
    for (let index = 0; index < patterns.length; index++) {
      // A pattern that would change nothing is not tried, so the one named is the one that decided.
      if ((patterns[index]?.negated ?? false) !== ignored || !matches(index)) continue;
      ignored = !ignored;
      by = index;
    }
    return { ignored, by: by === undefined ? undefined : patterns[by] };
  };

  const decide = (path: string): Decision => {
    const candidates = [path, ...parentsOf(path)];
    return lastWord((index) => candidates.some((candidate) => matchers[index]?.matches(candidate)));
  };

  return {
    decide,
    ignores: (path) => decide(path).ignored,
    decideBelow(path, parent) {
      const trail = matchers.map((matcher, index) => parent?.[index] === true || matcher.matches(path));
      return { ...lastWord((index) => trail[index] === true), trail };
    },
    reaches: (directory) => negations.some((reach) => reach(directory)),
    cost: matchers.reduce((sum, matcher) => sum + matcher.cost, 1),
  };
}

/** Go's `filepath.Dir`. Unlike `dirName` it takes a final slash for a part of its own: `a/b/` gives `a/b`. */
function directoryOf(path: string): string {
  return normalizePath(path.slice(0, path.lastIndexOf('/') + 1));
}

/** `a/b/c` gives `a`, `a/b`. As in moby the parents are those of the cleaned directory: `a/b/` has `a/b` among them. */
function parentsOf(path: string): string[] {
  const directory = directoryOf(path);
  if (directory === '.') return [];
  const parents: string[] = [];
  for (let slash = directory.indexOf('/'); slash !== -1; slash = directory.indexOf('/', slash + 1)) {
    parents.push(directory.slice(0, slash));
  }
  parents.push(directory);
  return parents;
}

interface Matcher {
  readonly matches: (path: string) => boolean;
  readonly cost: number;
}

/** Walking the states of one item along a path costs about as much as five comparisons of strings (measured on paths of 35 characters). */
const itemCost = 5;

function matcherOf(pattern: string): Matcher {
  const translation = translate(pattern);
  switch (translation.kind) {
    case 'exact':
      return { matches: (path) => path === translation.text, cost: 1 };
    case 'prefix':
      return { matches: (path) => path.startsWith(translation.text), cost: 1 };
    case 'suffix': {
      const { text } = translation;
      // `**/foo` is also the `foo` at the top.
      const atTop = text.startsWith('/') ? text.slice(1) : undefined;
      return { matches: (path) => path.endsWith(text) || path === atTop, cost: 1 };
    }
    case 'regexp': {
      const { source } = translation;
      const compiled = compileGoRegexp(source);
      // An illegal pattern matches nothing here; the reader has reported it.
      if (!compiled) return { matches: () => false, cost: 1 };
      const cost = compiled.size * itemCost;
      // `a{1000}` is a thousand items: kept for each of many lines, they would fill the memory.
      const isBlownUp = compiled.size > source.length + 1;
      return {
        matches: isBlownUp ? (path) => compileGoRegexp(source)?.matches(path) ?? false : compiled.matches,
        cost,
      };
    }
  }
}

/** Whether a pattern could match something strictly inside a directory; true when in doubt. */
function reachOf(pattern: string): (directory: string) => boolean {
  const literal = /^[^*?[\]\\{|^]*/.exec(pattern)?.[0] ?? '';
  const depth = pattern.split('/').length;
  // `**` and (in Go's regexp) `[^x]` match a `/`, so the pattern's own parts do not bound how deep it reaches.
  const bounded = !/\*\*|[[\]\\{|^]/.test(pattern);
  return (directory) => {
    const inside = `${directory}/`;
    if (bounded && depth <= inside.split('/').length - 1) return false;
    return literal.startsWith(inside) || (literal.length < pattern.length && inside.startsWith(literal));
  };
}
