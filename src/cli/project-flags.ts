import { rulesNamed } from '../judge/rule-names.ts';
import type { Rule } from '../rules/rule.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Flags } from './command.ts';
import { nearestName } from './nearest-name.ts';

/** How a project is read; the same for every command that reads one, and named as docker compose names them. */
export const projectFlags: Flags = {
  file: {
    type: 'string',
    short: 'f',
    value: 'FILE',
    multiple: true,
    help: 'Compose file; several are merged in order',
  },
  profile: { type: 'string', value: 'NAME', multiple: true, help: 'Activate a Compose profile' },
  'env-file': { type: 'string', value: 'FILE', multiple: true, help: 'Instead of .env' },
  'project-name': { type: 'string', short: 'p', value: 'NAME', help: 'Compose project name' },
  env: {
    type: 'string',
    short: 'e',
    value: 'NAME=VALUE',
    multiple: true,
    help: "A variable of Compose's environment; your own environment is not used",
  },
  today: { type: 'string', value: 'DATE', help: 'Judge end-of-life dates as of this day (2026-11-21)' },
};

/** Ids of rules, or of other tools' rules that ours answer: `compose/unbounded-logs`, `hadolint:DL3002`, `DL3002`. */
export function resolveRules(names: readonly string[], rules: readonly Rule[]): string[] {
  return names
    .flatMap((given) => given.split(','))
    .flatMap((given) => {
      const name = given.trim();
      if (name === 'all') return ['all'];
      const found = rulesNamed(name, rules);
      if (found.length > 0) return found.map((rule) => rule.id);
      const near = nearestName(
        name,
        rules.map((rule) => rule.id),
      );
      throw new SeaworthyError('unknown-rule', `There is no rule "${name}"`, {
        hint: near ? `Did you mean ${near}? seaworthy rules lists all.` : 'seaworthy rules lists all.',
      });
    });
}
