// Written by `npm run generate` from the files beside it; do not edit.
import type { Rule } from './rule.ts';

/** Every rule, sorted by id. */
export const allRules: readonly Rule[] = [];
