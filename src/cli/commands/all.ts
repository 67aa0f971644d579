import type { Command } from '../command.ts';

/** By name, each loaded when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: () => import('./check.ts').then(({ check }) => check),
  fix: () => import('./fix.ts').then(({ fix }) => fix),
  explain: () => import('./explain.ts').then(({ explain }) => explain),
  rules: () => import('./rules.ts').then(({ rules }) => rules),
  completion: () => import('./completion.ts').then(({ completion }) => completion),
};
