import type { Rule } from '../rules/rule.ts';
import type { Finding } from '../vocabulary/finding.ts';

/** Rules by what people call them: `compose/unbounded-logs`, `unbounded-logs`, `hadolint:DL3002`, `DL3002`; any case. */
export function rulesNamed(name: string, rules: readonly Rule[]): readonly Rule[] {
  const wanted = name.toLowerCase();
  return rules.filter((rule) => isOwnName(rule.id, wanted) || rule.aliases.some((alias) => isAlias(alias, wanted)));
}

/**
 * Whether a finding is meant by that name. Another tool's id means only findings that tool would make: a rule of ours
 * may answer several, and says with each finding which.
 */
export function isNamed({ rule, aliases }: Pick<Finding, 'rule' | 'aliases'>, name: string): boolean {
  const wanted = name.toLowerCase();
  return isOwnName(rule, wanted) || aliases.some((alias) => isAlias(alias, wanted));
}

function isOwnName(id: string, wanted: string): boolean {
  return id === wanted || id.slice(id.indexOf('/') + 1) === wanted;
}

function isAlias(alias: string, wanted: string): boolean {
  const lower = alias.toLowerCase();
  return lower === wanted || lower.slice(lower.indexOf(':') + 1) === wanted;
}
