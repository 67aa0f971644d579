import type { Rule } from '../rules/rule.ts';
import type { RuleCard } from '../vocabulary/rule-card.ts';

/** A rule's metadata for people. */
export function ruleCard(rule: Rule): RuleCard {
  const { id, summary, why, sources, severity, confidence, since, mission, aliases, drill, optIn } = rule;
  return {
    id,
    summary,
    why,
    sources,
    severity,
    confidence,
    since,
    mission,
    aliases,
    ...(drill ? { drill } : {}),
    ...(optIn ? { optIn } : {}),
  };
}
