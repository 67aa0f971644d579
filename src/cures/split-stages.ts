import { leftBecause } from '../edit/change.ts';
import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import type { Project } from '../model/project.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { splitGo } from './split/go.ts';
import { splitJava } from './split/java.ts';
import { splitNode } from './split/node.ts';
import { splitPython } from './split/python.ts';
import { splitRust } from './split/rust.ts';

const splits: Readonly<Record<string, (dockerfile: Dockerfile, project: Project) => Cure>> = {
  golang: splitGo,
  node: splitNode,
  python: splitPython,
  rust: splitRust,
  maven: splitJava,
  gradle: splitJava,
  'eclipse-temurin': splitJava,
};

/** One stage to build in, another to run: where a language's way is known and the file is understood whole. */
export function splitStages(dockerfile: Dockerfile, project: Project): Cure {
  const name = dockerfile.stages[0]?.from.reference?.name ?? '';
  const split = Object.hasOwn(splits, name) ? splits[name] : undefined;
  return split?.(dockerfile, project) ?? leftBecause('how it builds and what it runs are for you to tell apart');
}
