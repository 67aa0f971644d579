import { type Expansion, expandWord } from '../../read/dockerfile/expand.ts';
import type { Span } from '../../vocabulary/span.ts';

/** A build variable. `value` is undefined where nothing in the project sets it (`ARG TOKEN` without `--build-arg`). */
export interface Variable {
  readonly name: string;
  readonly value: string | undefined;
  readonly kind: 'arg' | 'env' | 'predefined';
  readonly span: Span | undefined;
}

/** The variables in force at one instruction. Scopes are chained, never changed, so each instruction keeps its own. */
export class Scope {
  readonly #variables: Record<string, Variable>;
  readonly #escapeChar: string;

  private constructor(variables: Record<string, Variable>, escapeChar: string) {
    this.#variables = variables;
    this.#escapeChar = escapeChar;
  }

  static empty(escapeChar: string): Scope {
    return new Scope(Object.create(null) as Record<string, Variable>, escapeChar);
  }

  with(variables: readonly Variable[]): Scope {
    const next = Object.create(this.#variables) as Record<string, Variable>;
    for (const variable of variables) next[variable.name] = variable;
    return new Scope(next, this.#escapeChar);
  }

  get(name: string): Variable | undefined {
    return this.#variables[name];
  }

  /** ENV wins over an ARG of the same name, whatever their order (Dockerfile reference, "Using ARG variables"). */
  declares(name: string): boolean {
    return this.#variables[name] !== undefined;
  }

  expand(word: string): Expansion {
    return expandWord(word, (name) => this.#variables[name]?.value, this.#escapeChar);
  }

  /** All variables in force, the nearest definition of each. */
  all(): Variable[] {
    const found: Variable[] = [];
    for (const name in this.#variables) found.push(this.#variables[name] as Variable);
    return found;
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
