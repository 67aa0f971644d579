import type { Command } from '../command.ts';
import { check } from './check.ts';

/** By name, each but the one that is called most loaded when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => check,
  fix: () => import('./fix.ts').then(({ fix }) => fix),
  drill: () => import('./drill.ts').then(({ drill }) => drill),
  explain: () => import('./explain.ts').then(({ explain }) => explain),
  rules: () => import('./rules.ts').then(({ rules }) => rules),
  completion: () => import('./completion.ts').then(({ completion }) => completion),
};
