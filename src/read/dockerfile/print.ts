import type { DockerfileTree } from './tree.ts';

/** The file's text again, from the tree's pieces: byte for byte what was read. */
export function printDockerfile(tree: DockerfileTree): string {
  return tree.pieces.map(({ span }) => tree.text.slice(span.start, span.end)).join('');
}
