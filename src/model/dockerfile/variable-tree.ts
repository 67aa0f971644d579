import type { Variable } from './scope.ts';

/**
 * Variables by name, as a tree that is never changed: adding one makes a new tree that shares all but a path with the
 * old. A file may hold a million ENV lines, each with a scope of its own; copying would take the square of that.
 */
export interface VariableTree {
  readonly variable: Variable;
  /** Random, and larger than those below: keeps the tree flat (a treap), whatever names a file chooses. */
  readonly priority: number;
  readonly left: VariableTree | undefined;
  readonly right: VariableTree | undefined;
}

export function findVariable(tree: VariableTree | undefined, name: string): Variable | undefined {
  let node = tree;
  while (node && node.variable.name !== name) node = name < node.variable.name ? node.left : node.right;
  return node?.variable;
}

export function withVariable(tree: VariableTree | undefined, variable: Variable): VariableTree {
  if (!tree) return { variable, priority: Math.random(), left: undefined, right: undefined };
  if (variable.name === tree.variable.name) return { ...tree, variable };
  if (variable.name < tree.variable.name) {
    const left = withVariable(tree.left, variable);
    return left.priority > tree.priority ? { ...left, right: { ...tree, left: left.right } } : { ...tree, left };
  }
  const right = withVariable(tree.right, variable);
  return right.priority > tree.priority ? { ...right, left: { ...tree, right: right.left } } : { ...tree, right };
}
