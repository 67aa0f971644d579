import { type Expansion, expandWord } from '../../read/dockerfile/expand.ts';
import type { Span } from '../../vocabulary/span.ts';
import { findVariable, type VariableTree, withVariable } from './variable-tree.ts';

/** A build variable. `value` is undefined where nothing in the project sets it (`ARG TOKEN` without `--build-arg`). */
export interface Variable {
  readonly name: string;
  readonly value: string | undefined;
  readonly kind: 'arg' | 'env' | 'predefined';
  readonly span: Span | undefined;
}

/** The variables in force at one instruction. Scopes are never changed, so each instruction keeps its own. */
export class Scope {
  readonly #variables: VariableTree | undefined;
  readonly #escapeChar: string;

  private constructor(variables: VariableTree | undefined, escapeChar: string) {
    this.#variables = variables;
    this.#escapeChar = escapeChar;
  }

  static empty(escapeChar: string): Scope {
    return new Scope(undefined, escapeChar);
  }

  with(variables: readonly Variable[]): Scope {
    return new Scope(variables.reduce(withVariable, this.#variables), this.#escapeChar);
  }

  get(name: string): Variable | undefined {
    return findVariable(this.#variables, name);
  }

  /** True also where nothing gives it a value. */
  declares(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** `fallback` stands in for variables that have no value. */
  expand(word: string, fallback?: (name: string) => string | undefined): Expansion {
    return expandWord(word, (name) => this.get(name)?.value ?? fallback?.(name), this.#escapeChar);
  }
}

/**
 * ARGs that BuildKit sets by itself in every build, with the values of an ordinary linux/amd64 build, so that names made of them can be
 * read. https://docs.docker.com/reference/dockerfile/#predefined-args
 */
export const platformArguments: readonly Variable[] = Object.entries({
  TARGETPLATFORM: 'linux/amd64',
  TARGETOS: 'linux',
  TARGETARCH: 'amd64',
  TARGETVARIANT: '',
  BUILDPLATFORM: 'linux/amd64',
  BUILDOS: 'linux',
  BUILDARCH: 'amd64',
  BUILDVARIANT: '',
  TARGETSTAGE: undefined,
}).map(([name, value]) => ({ name, value, kind: 'predefined', span: undefined }));

/** ARGs that may be given without a declaration, for RUN only; kept out of the image's history. */
export const proxyArguments: ReadonlySet<string> = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
);
