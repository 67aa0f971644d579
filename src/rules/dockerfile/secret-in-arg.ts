import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { secretName } from '../../knowledge/secret-names.ts';

import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const secretInArg: Rule = {
  id: 'dockerfile/secret-in-arg',
  summary: 'A secret handed to the build as a build argument',
  why: 'Build arguments are no secrets: "docker history" shows them in the finished image, provenance records and the build cache keep them.',
  sources: [
    'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
    'https://docs.docker.com/build/building/secrets/',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG10'],
  aliases: [
    'hadolint:DL3064',
    'buildkit:SecretsUsedInArgOrEnv',
    'trivy:DS-0031',
    'semgrep:secret-in-build-arg',
    'dockle:CIS-DI-0010',
  ],
  drill: 'secrets-stay-secret',
  examples: { bad: 'bad-token', good: 'good-secret-mount' },
  dockerfile(dockerfile, report) {
    const { instructions } = dockerfile.tree;
    const global = instructions.slice(
      0,
      Math.max(
        0,
        instructions.findIndex(({ keyword }) => keyword === 'FROM'),
      ),
    );
    const inside = stepsIn(dockerfile, 'build', 'ARG').map((step) => ({
      pairs: step.instruction.pairs,
      isInherited: step.stage.isInherited,
    }));
    const outside = global
      .filter(({ keyword }) => keyword === 'ARG')
      .map(({ pairs }) => ({ pairs, isInherited: false }));
    for (const { pairs, isInherited } of [...outside, ...inside]) {
      for (const pair of pairs) {
        const found = secretOf(pair);
        if (!found) continue;
        report({
          at: pair.span,
          severity: isInherited ? found.severity : 'medium',
          confidence: found.confidence,
          message: found.message,
        });
      }
    }
  },
};

function secretOf({ key, value }: { readonly key: string; readonly value: string | undefined }) {
  const plain = (value ?? '').replace(/^(["'])(.*)\1$/s, '$2');
  const found = hardCodedSecret(key, plain);
  if (found) {
    const severity = found.weak ? ('medium' as const) : ('high' as const);
    return { severity, confidence: found.confidence, message: `ARG ${key} holds ${found.what} as its default` };
  }
  // Without a default the value comes from outside; an empty one stands for the same.
  if (secretName(key) !== 'yes' || plain !== '') return undefined;
  return {
    severity: 'medium' as const,
    confidence: 'likely' as const,
    message: `ARG ${key} takes a secret as a build argument`,
  };
}
