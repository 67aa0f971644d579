import type { Maybe } from '../model/compose/tree-access.ts';
import type { Span } from '../vocabulary/span.ts';

/** One service as the planner reads it: its merged Compose node, with absolute paths, and what it may refer to. */
export interface Asked {
  readonly name: string;
  /** Undefined for a lone Dockerfile. */
  readonly node: Maybe;
  /** The whole merged file: networks, volumes, secrets, configs. */
  readonly root: Maybe;
  /** The project's name, for names on the engine. */
  readonly project: string;
  /** What a network or volume of this key is called on the engine. */
  nameOf(kind: 'networks' | 'volumes', key: string): string;
  /** `compose.yaml:12`. */
  place(span: Span | undefined): string;
  /** A variable of the environment that Compose is called in. */
  variable(name: string): string | undefined;
  /** A small text file that the service names, by a path relative to the project. */
  read(path: string): string | undefined;
  /** What stands for a secret or config whose text nothing here can give; undefined refuses it. */
  standIn(kind: 'secret' | 'config', key: string): string | undefined;
}
